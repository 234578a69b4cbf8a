/** Control characters, and the ones that turn the direction of text: what could make a terminal show something else than was said. */
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;

/**
 * Text of a daemon, a peer or a file made safe for a terminal: what is not printable comes out as an escape (`\x1b`, `\u202e`),
 * so that no host can move the cursor, hide a line or retitle the window of the operator of another.
 */
export function printable(text: string): string {
	return text.replaceAll(UNPRINTABLE, character => {
		const code = character.codePointAt(0) ?? 0;
		return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
	});
}
