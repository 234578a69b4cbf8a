/** A guest, how it is moved to be recorded, and what is asked of the recording and then done in truth. */
export type WhatIfCase = {
	readonly id: string;
	/** Arguments of `domain create NAME`. */
	readonly guest: readonly string[];
	/** Arguments of `start`, for what is recorded. */
	readonly recorded: readonly string[];
	/** Arguments of both `replay` and, added to or in the place of the recorded ones, of `start`. */
	readonly changes: readonly (readonly string[])[];
};

const UNCHANGED: readonly string[] = [];
const guest = (memory: string, ...load: readonly string[]): readonly string[] => ['--memory', memory, '--line-interval', '5ms', ...load];

/** Guests whose writes are swept, scattered and over in a moment; over links that are slower, faster and without a limit. */
export const WHAT_IF_CASES: readonly WhatIfCase[] = [
	{
		id: 'sweep',
		guest: guest('128MiB', '--rate', '20MB/s', '--hot', '32MiB'),
		recorded: ['--bandwidth', '60MB/s'],
		changes: [UNCHANGED, ['--bandwidth', '120MB/s'], ['--bandwidth', '40MB/s', '--max-iterations', '3'], ['--channels', '2']],
	},
	{
		id: 'random',
		guest: guest('128MiB', '--pattern', 'random', '--rate', '15MB/s'),
		recorded: ['--bandwidth', '60MB/s'],
		changes: [
			UNCHANGED,
			['--bandwidth', '150MB/s'],
			['--max-downtime', '100ms', '--max-iterations', '20'],
			['--policy', 'deadline', '--deadline', '4s'],
		],
	},
	{
		id: 'too-busy',
		guest: guest('96MiB', '--rate', '80MB/s', '--hot', '24MiB'),
		recorded: ['--bandwidth', '50MB/s'],
		changes: [UNCHANGED, ['--bandwidth', '100MB/s'], ['--max-iterations', '2'], ['--policy', 'deadline', '--deadline', '2s']],
	},
	{
		id: 'no-limit',
		guest: guest('256MiB', '--rate', '40MB/s', '--hot', '64MiB'),
		recorded: ['--bandwidth', 'none'],
		changes: [UNCHANGED, ['--bandwidth', '200MB/s'], ['--max-iterations', '2'], ['--channels', '2']],
	},
];

/** The recorded arguments with the changes: an option that both have is the changes'. */
export function withChanges(recorded: readonly string[], changes: readonly string[]): string[] {
	const kept: string[] = [];
	for (let index = 0; index < recorded.length; index += 2) {
		const option = recorded[index] ?? '';
		if (!changes.includes(option)) kept.push(option, recorded[index + 1] ?? '');
	}

	return [...kept, ...changes];
}
