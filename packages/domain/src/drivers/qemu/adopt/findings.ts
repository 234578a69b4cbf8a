/** What was found out about a guest that somebody else has started, as the parts of its command line are read. */
export class Findings {
	/** What keeps it from being migrated, a sentence each, with its cure. */
	readonly obstacles: string[] = [];
	/** What will be different on another host, a sentence each. */
	readonly notes: string[] = [];

	/** `cure`: what its operator can do about it. */
	obstacle(what: string, cure: string): void {
		this.obstacles.push(`${what} (cure: ${cure})`);
	}

	note(text: string): void {
		this.notes.push(text);
	}
}
