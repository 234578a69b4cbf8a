/** A 32-bit hash step: every bit of `value` reaches every bit of the result. Signed, as 32-bit operations of JavaScript are. */
export function mix32(value: number): number {
	let x = value | 0;
	x = Math.imul(x ^ (x >>> 16), 0x85eb_ca6b);
	x = Math.imul(x ^ (x >>> 13), 0xc2b2_ae35);
	return x ^ (x >>> 16);
}
