import cliTruncate from 'cli-truncate';
import {createLogUpdate} from 'log-update';
import type {ProtectionStatus} from '@sterna/protocol/control';
import {describePhase} from '../progress/describe.ts';
import type {CliIo} from '../io.ts';
import {printable} from '../render/printable.ts';
import {formatTime} from '../render/quantity.ts';
import {type Style, styleOf} from '../render/style.ts';
import {
	describeAmount,
	describeEpoch,
	describeLag,
	describeObjective,
	describePace,
	describeRoute,
	roleOfPhase,
} from './describe-protection.ts';
import {protectionJson} from './protection-json.ts';

/** Shows one protection while it goes on. Disposing leaves the terminal as it was found. */
export type ProtectionView = Disposable & {
	update(status: ProtectionStatus): void;
	/** Something that the operator must know now: one line. */
	note(text: string): void;
};

/** Milliseconds between two lines in which nothing but figures has changed. */
const PLAIN_INTERVAL_MS = 10_000;

/** On a terminal: a frame that is drawn anew in place; what a phase was left for stays above it. */
export function liveProtectionView({stdout, unicode}: Pick<CliIo, 'stdout' | 'unicode'>): ProtectionView {
	const draw = createLogUpdate(stdout, {showCursor: true});
	const style = styleOf(stdout);
	let latest: ProtectionStatus | undefined;
	let note = '';
	const show = (): void => {
		const columns = Math.max(10, (stdout.columns ?? 80) - 1);
		const lines = latest === undefined ? [] : renderProtectionFrame(latest, {style, unicode});
		if (note !== '') lines.push(style('warning', printable(note)));
		if (lines.length > 0) draw(lines.map(line => cliTruncate(line, columns)).join('\n'));
	};
	stdout.on('resize', show);
	return {
		update(status) {
			latest = status;
			show();
		},
		note(text) {
			note = text;
			show();
		},
		[Symbol.dispose]() {
			stdout.off('resize', show);
			draw.done();
		},
	};
}

/** One frame, as lines that may be wider than the terminal. */
export function renderProtectionFrame(
	status: ProtectionStatus,
	{style, unicode}: {readonly style: Style; readonly unicode: boolean},
): string[] {
	const arrows = unicode ? {to: '→', from: '←'} : {to: '->', from: '<-'};
	const role = roleOfPhase(status);
	const phase = printable(status.phase);
	const lines = [
		`${style('title', printable(describeRoute(status, arrows)))}  ${role === undefined ? phase : style(role, phase)}  ${describeWhere(status)}`,
	];
	for (const fact of [describePace(status), describeLag(status), describeAmount(status), describeObjective(status)])
		if (fact !== undefined) lines.push(fact);
	if (status.alarm !== '') lines.push(style('bad', printable(status.alarm)));
	if (status.reason !== '') lines.push(style('label', printable(status.reason)));
	return lines;
}

/** In a pipe: a line at each phase and alarm, and one now and then. */
export function plainProtectionView({stdout, unicode, now}: Pick<CliIo, 'stdout' | 'unicode' | 'now'>): ProtectionView {
	const arrows = unicode ? {to: '→', from: '←'} : {to: '->', from: '<-'};
	let told = '';
	let toldAtMs = -Infinity;
	return {
		update(status) {
			const event = `${status.phase} ${status.alarm}`;
			if (event === told && now() < toldAtMs + PLAIN_INTERVAL_MS) return;
			told = event;
			toldAtMs = now();
			const facts = [status.phase, describeWhere(status), describePace(status), describeLag(status), status.alarm, status.reason];
			const known = facts.filter(fact => fact !== undefined && fact !== '');
			stdout.write(`${formatTime(Date.now())} ${printable(describeRoute(status, arrows))}: ${printable(known.join('; '))}\n`);
		},
		note(text) {
			stdout.write(`${printable(text)}\n`);
		},
		[Symbol.dispose]: () => undefined,
	};
}

/** One JSON object a line. */
export function jsonProtectionView({stdout, stderr}: Pick<CliIo, 'stdout' | 'stderr'>): ProtectionView {
	return {
		update(status) {
			stdout.write(`${JSON.stringify({protection: protectionJson(status)})}\n`);
		},
		note(text) {
			stderr.write(`${printable(text)}\n`);
		},
		[Symbol.dispose]: () => undefined,
	};
}

function describeWhere(status: ProtectionStatus): string {
	return status.precopy === undefined ? describeEpoch(status) : describePhase(status.precopy);
}
