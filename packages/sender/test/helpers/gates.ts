/** Points of a migration at which a test can hold it. */
export const GATES = ['session', 'prepared', 'link', 'pages', 'pause', 'device-state', 'tail', 'ready', 'hook', 'go'] as const;
export type GateName = (typeof GATES)[number];

/** Lets a migration run up to one point and no further until it is opened. */
export class Gates {
	readonly #held: GateName | undefined;
	readonly #reached = Promise.withResolvers<void>();
	readonly #open = Promise.withResolvers<void>();

	constructor(held?: GateName) {
		this.#held = held;
		if (held === undefined) this.open();
	}

	/** Resolves when the held point is reached. */
	get reached(): Promise<void> {
		return this.#reached.promise;
	}

	open(): void {
		this.#open.resolve();
	}

	async pass(name: GateName): Promise<void> {
		if (name !== this.#held) return;
		this.#reached.resolve();
		await this.#open.promise;
	}
}
