/** What is wrong in the guest's own source, as it lies beside the checkout, and what it has to be. A text that is not there any more was corrected there. */
const CORRECTIONS: ReadonlyArray<readonly [file: string, wrong: string, right: string]> = [
	// The time is looked at twice. A guest that is stopped in between, or runs late, sleeps for less than no time: for over an hour.
	[
		'memcheck.c',
		'if (now() < next) usleep((next - now()) * 1e6); else if (now() > next + 1) next = now();',
		'double left = next - now(); if (left > 0) usleep(left * 1e6); else if (left < -1) next = now();',
	],
];

/** A source of the guest as it is compiled. */
export function correctSource(file: string, text: string): string {
	return CORRECTIONS.filter(([of]) => of === file).reduce((corrected, [, wrong, right]) => corrected.replace(wrong, () => right), text);
}
