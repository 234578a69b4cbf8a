import type {FaultContext, Logger} from '@sterna/host';
import type {SenderServices} from '../services.ts';
import type {Tee} from '../tee.ts';
import type {LeaseKeeper} from './lease-keeper.ts';
import type {ProtectPlan} from './protect-settings.ts';
import type {Protection} from './protection.ts';
import type {ProtectionJournal} from './protection-journal.ts';
import type {ProtectionPlayer} from './protection-player.ts';
import {contextOf} from './show-state.ts';
import type {Wishes} from './wishes.ts';

/** What the parts of a protected guest have in common. */
export type GuestParts = {
	readonly services: SenderServices;
	readonly journal: ProtectionJournal;
	readonly protection: Protection;
	readonly player: ProtectionPlayer;
	readonly wishes: Wishes;
	/** Undefined: a person decides. */
	readonly lease: LeaseKeeper | undefined;
	readonly leaseTtlMs: number | undefined;
	readonly tee: Tee | undefined;
	readonly log: Logger;
	/** What its operator asks for now: another one with each `protect`. */
	readonly plan: () => ProtectPlan;
};

/** Of what arises in the work on this guest. */
export function partsContext({protection, services}: Pick<GuestParts, 'protection' | 'services'>): FaultContext {
	return contextOf(protection, services.config.hostName);
}
