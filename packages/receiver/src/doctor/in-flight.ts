/** Work that several may ask for at a time and that is done once: whoever asks while it is under way gets what comes of it. */
export class InFlight<Value> {
	readonly #underWay = new Map<string, Promise<Value>>();

	/** Joins what is under way by this key, or begins it. Settles as the work does. */
	async join(key: string, begin: () => Promise<Value>): Promise<Value> {
		const joined = this.#underWay.get(key);
		if (joined !== undefined) return joined;
		const begun = begin().finally(() => this.#underWay.delete(key));
		this.#underWay.set(key, begun);
		return begun;
	}
}
