import type {ReceiveEvent} from '../../src/index.ts';

/** What a receiving link says, in order, to be waited for. */
export class EventLog {
	readonly events: ReceiveEvent[] = [];
	#waiting: Array<() => void> = [];

	readonly onEvent = (event: ReceiveEvent): void => {
		this.events.push(event);
		for (const wake of this.#waiting.splice(0)) wake();
	};

	/** The first event of a kind, now or later. */
	async first<Kind extends ReceiveEvent['kind']>(kind: Kind): Promise<Extract<ReceiveEvent, {kind: Kind}>> {
		for (;;) {
			const found = this.events.find((event): event is Extract<ReceiveEvent, {kind: Kind}> => event.kind === kind);
			if (found !== undefined) return found;
			await new Promise<void>(resolve => {
				this.#waiting.push(resolve);
			});
		}
	}

	/** Resolves when so many events of a kind have come. */
	async count(kind: ReceiveEvent['kind'], wanted: number): Promise<void> {
		while (this.events.filter(event => event.kind === kind).length < wanted)
			await new Promise<void>(resolve => {
				this.#waiting.push(resolve);
			});
	}

	/** How the stream came out: `end`, `failed` or `broken-off`. */
	async outcome(): Promise<Extract<ReceiveEvent, {kind: 'end' | 'failed' | 'broken-off'}>> {
		return Promise.race([this.first('end'), this.first('failed'), this.first('broken-off')]);
	}

	/** Names of the records so far, as `layer:type`. */
	get records(): string[] {
		return this.events.filter(event => event.kind === 'record').map(event => `${event.layer}:${event.type}`);
	}
}
