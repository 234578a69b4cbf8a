import type {PrecopyStats} from '../engine/stats.ts';
import type {Limits} from '../engine/policy/limits.ts';

/** What the thread of a module is given. */
export type ModuleSetup = {
	/** Absolute path. */
	readonly file: string;
};

/** One question. Copies: whatever the module does to them changes nothing here. */
export type Question = {readonly number: number; readonly stats: PrecopyStats; readonly limits: Omit<Limits, 'use'>};

/** What the thread says. `answer` is as the module gave it. */
export type ModuleReport =
	| {readonly kind: 'ready'}
	| {readonly kind: 'answer'; readonly number: number; readonly answer: unknown}
	| {readonly kind: 'fault'; readonly fault: string};
