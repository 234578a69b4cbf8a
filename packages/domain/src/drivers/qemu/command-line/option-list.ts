/** An option in a list, as QEMU reads it: of several with the same key the last one counts. */
export type ListedOption = readonly [key: string, value: string];

/**
 * Options as QEMU has them behind `-device`, `-netdev` and the like: `key=value,key=value`, a comma in a value doubled. `impliedKey`: the key that
 * the first option may be written without, such as `driver` of a device. Throws TypeError for a key that cannot be written down.
 */
export function formatOptionList(options: readonly ListedOption[], impliedKey?: string): string {
	return options.map(([key, value], index) => formatOption(key, value, {bare: index === 0 && key === impliedKey})).join(',');
}

function formatOption(key: string, value: string, {bare}: {readonly bare: boolean}): string {
	if (key === '' || /[=,]/.test(key)) throw new TypeError(`${JSON.stringify(key)} is no key that QEMU reads`);
	const written = value.replaceAll(',', ',,');
	// Up to an equals sign it would be taken for a key, and nothing at all for no option.
	return bare && value !== '' && !value.includes('=') ? written : `${key}=${written}`;
}

/**
 * The options in such a text, in their order. A key without a value is a flag: `on`, or `off` of what follows a `no` at its beginning (`nowait`).
 * Total: QEMU reads every text as some list, and so does this.
 */
export function parseOptionList(text: string, impliedKey?: string): ListedOption[] {
	const options: ListedOption[] = [];
	let rest = text;
	while (rest !== '') {
		const [key = ''] = /^[^=,]*/.exec(rest) ?? [];
		const hasValue = rest[key.length] === '=';
		const isImplied = !hasValue && options.length === 0 && impliedKey !== undefined;
		if (hasValue || isImplied) {
			const start = isImplied ? 0 : key.length + 1;
			const {value, length} = takeValue(rest.slice(start));
			options.push([isImplied ? impliedKey : key, value]);
			rest = rest.slice(start + length + 1);
		} else {
			options.push(key.startsWith('no') ? [key.slice(2), 'off'] : [key, 'on']);
			rest = rest.slice(key.length + 1);
		}
	}

	return options;
}

/** A value up to the comma that ends it, and how many characters it was written with. */
function takeValue(text: string): {readonly value: string; readonly length: number} {
	const [written = ''] = /^(?:[^,]|,,)*/.exec(text) ?? [];
	return {value: written.replaceAll(',,', ','), length: written.length};
}
