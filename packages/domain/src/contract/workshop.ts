import {existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import {tmpdir} from 'node:os';
import type {GuestHandle, GuestPlace} from '../driver.ts';
import type {SourceDomain} from '../source-domain.ts';
import type {TargetDomain} from '../target-domain.ts';
import type {ContractGuest, ContractSubject} from './subject.ts';

/** What one test makes, and undoes whatever becomes of it: places, guests, open domains. */
export class Workshop implements AsyncDisposable {
	readonly #subject: ContractSubject;
	readonly #directory = mkdtempSync(join(tmpdir(), 'sterna-contract-'));
	readonly #guests: Array<{readonly handle: GuestHandle; readonly place: GuestPlace}> = [];
	readonly #stack = new AsyncDisposableStack();
	#places = 0;

	constructor(subject: ContractSubject) {
		this.#subject = subject;
	}

	/** A host's place for a guest. */
	place(): GuestPlace {
		this.#places += 1;
		const directory = join(this.#directory, `${this.#places}`);
		const place = {
			domainDir: join(directory, 'd'),
			runDir: join(directory, 'r'),
			outputFile: join(directory, 'output'),
			...this.#subject.host,
		};
		mkdirSync(place.domainDir, {recursive: true});
		mkdirSync(place.runDir, {recursive: true});
		return place;
	}

	async guest(place: GuestPlace): Promise<ContractGuest> {
		const guest = await this.#subject.makeGuest(place);
		this.#guests.push({handle: guest.handle, place});
		return guest;
	}

	async source(
		{definition, handle}: ContractGuest,
		place: GuestPlace,
		tracker: ContractSubject['trackers'][number],
	): Promise<SourceDomain> {
		return this.#stack.use(await this.#subject.driver.openSource(definition, handle, place, {tracker}));
	}

	async target(guest: ContractGuest, place: GuestPlace): Promise<TargetDomain> {
		const target = this.#stack.use(await this.#subject.driver.createTarget(guest.definition, place));
		this.#guests.push({handle: target.handle, place});
		return target;
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.#stack.disposeAsync();
		for (const {handle, place} of this.#guests) await this.#subject.driver.remove(handle, place);
		rmSync(this.#directory, {recursive: true});
	}
}

/** What is left in a place, output excepted: nothing when its guest was destroyed. */
export function leftovers({domainDir, runDir}: GuestPlace): string[] {
	return [domainDir, runDir].flatMap(directory => (existsSync(directory) ? readdirSync(directory) : []));
}
