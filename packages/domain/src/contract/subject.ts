import type {DomainDefinition} from '../definition.ts';
import type {TrackerKind} from '../dirty-log.ts';
import type {DomainDriver, GuestHandle, GuestPlace} from '../driver.ts';
import type {GuestMemory} from '../guest-memory.ts';
import type {DeviceState, GuestEvent} from '../source-domain.ts';

/** A guest that the suite was given to try. */
export type ContractGuest = {readonly definition: DomainDefinition; readonly handle: GuestHandle};

/** One kind of guest, as the contract suite needs it. */
export type ContractSubject = {
	/** Begins the title of every test. */
	readonly title: string;
	readonly driver: DomainDriver;
	/** The suite runs once with each. */
	readonly trackers: readonly TrackerKind[];
	/** A part of the device state that time changes though the guest does not run, put away from it for comparing; undefined where there is none. */
	readonly withoutClock: ((state: DeviceState) => unknown) | undefined;
	/** What a host has for such guests, in every place. */
	readonly host: Pick<GuestPlace, 'qemu'>;
	/** Makes a guest in a place of its own: running, and writing its memory all the time, where guests of this kind run. */
	makeGuest(place: GuestPlace): Promise<ContractGuest>;
	/** The guest's memory as it is itself, mapped independently of any source domain. The suite unmaps it. */
	mapMemory(guest: ContractGuest): Promise<GuestMemory>;
	/** Whether a target that is not whole outlives the process that makes it. */
	readonly reopensTargets: boolean;
	/** What only guests that run can be asked; undefined for one that is held. */
	readonly running:
		| {
				/** Numbers of the guest's lines of output so far, in order: of all that it wrote in these places, one behind the other. A line may be cut in two by a move. */
				lines(places: readonly GuestPlace[]): number[];
				/** Resolves when the guest has gone on for a while: several steps and lines later. */
				goOn(guest: ContractGuest, place: GuestPlace): Promise<void>;
				/** Pages that the guest's own full check of its memory, begun from now on, finds right. Rejects when one is not. */
				check(guest: ContractGuest, place: GuestPlace): Promise<number>;
				/** Makes this happen in the guest; only the listed kinds. */
				readonly events: readonly GuestEvent['kind'][];
				happen(guest: ContractGuest, kind: GuestEvent['kind']): Promise<void>;
		  }
		| undefined;
	/** What only guests can be asked whose output can be held; undefined where there is no gate. What they say is numbered, from any number on and without a gap. */
	readonly gated?:
		| {
				/** Has the running guest say something that it had not said when this was called, whether it is out or held. Resolves with its number. */
				say(guest: ContractGuest, place: GuestPlace): Promise<number>;
				/** Numbers of what came out since the suite first asked for them, in the order in which it came. Nothing that was let out before the call is still under way. */
				out(guest: ContractGuest, place: GuestPlace): Promise<readonly number[]>;
		  }
		| undefined;
};
