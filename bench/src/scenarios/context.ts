/** What a scenario is made with. */
export type ScenarioContext = {
	/** For programs, sockets and logs of the peers; removed after the run. */
	readonly directory: string;
	/** A run that is to take minutes in all. */
	readonly quick: boolean;
	/** Rounds of every scenario; undefined: as many as each wants. */
	readonly rounds: number | undefined;
};

export const MIB = 1024 * 1024;
export const GIB = 1024 * MIB;

/** Rounds of a scenario: what was asked for, or its own. */
export function roundsOf({quick, rounds}: ScenarioContext, own: {readonly quick: number; readonly full: number}): number {
	return rounds ?? (quick ? own.quick : own.full);
}

/** `2 GiB`, `256 MiB`: exact for whole mebibytes. */
export function sizeText(bytes: number): string {
	return bytes % GIB === 0 ? `${bytes / GIB} GiB` : `${bytes / MIB} MiB`;
}

/** As `migrate-ctl domain create --memory` takes it. */
export function sizeArgument(bytes: number): string {
	return sizeText(bytes).replace(' ', '');
}

/** What `domain create` is told for a guest that writes nothing. */
export function idleGuest(bytes: number, content: 'random' | 'text' | 'zero'): string[] {
	return ['--memory', sizeArgument(bytes), '--pattern', 'sequential', '--rate', '0', '--content', content];
}
