/** For the default of an exhaustive switch: a case added to the union and not handled does not compile. */
export function assertNever(value: never): never {
	throw new TypeError(`unhandled case: ${JSON.stringify(value)}`);
}
