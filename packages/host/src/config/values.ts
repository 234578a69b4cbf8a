import {SocketAddress} from 'node:net';
import * as v from 'valibot';
import {parseDuration, parsePercent, parseRate, parseSize, UnitError} from '../units.ts';

/** A text that one of the unit parsers reads, as its number. */
function quantity(parse: (text: string) => number): v.GenericSchema<string, number> {
	return v.pipe(
		v.string(),
		v.rawTransform(({dataset, addIssue, NEVER}) => {
			try {
				return parse(dataset.value);
			} catch (error) {
				if (!(error instanceof UnitError)) throw error;
				addIssue({message: error.message});
				return NEVER;
			}
		}),
	);
}

/** A whole number within limits. */
export const count = (min: number, max: number): v.GenericSchema<number, number> =>
	v.pipe(v.number(), v.safeInteger(), v.minValue(min, `must be ${min} or more`), v.maxValue(max, `must be ${max} or less`));

/** Bytes, as a number or with a unit. */
export const Size = v.union([count(0, Number.MAX_SAFE_INTEGER), quantity(parseSize)], issue => {
	// The failed branch for texts knows what is wrong with the text.
	const text = issue.issues?.find(inner => typeof inner.input === 'string' && inner.type !== 'number');
	return text?.message ?? 'must be a size such as "8GiB" or a number of bytes';
});
/** Milliseconds, written with a unit. */
export const Duration = quantity(parseDuration);
/** Bytes a second, written with a unit. */
export const Rate = quantity(parseRate);
/** Above 0 and below 100, written as `15%`. */
export const Percent = quantity(parsePercent);
export const AbsolutePath = v.pipe(v.string(), v.startsWith('/', 'must be an absolute path'));
/** An IP address and a port, as `127.0.0.1:7450` or `[::1]:7450`; port 0 = any free one. */
export const ListenAddress = v.pipe(
	v.string(),
	v.rawTransform(({dataset, addIssue, NEVER}) => {
		const parsed = SocketAddress.parse(dataset.value);
		if (parsed !== undefined && /:\d+$/.test(dataset.value)) return {host: parsed.address, port: parsed.port};
		addIssue({message: 'must be an IP address and a port, such as "127.0.0.1:7450"'});
		return NEVER;
	}),
);
export const Port = count(1, 65_535);
/** As domains are named: safe in file names, logs and on command lines. */
export const HostName = v.pipe(
	v.string(),
	v.regex(
		/^[a-zA-Z0-9][a-zA-Z0-9._-]{0,62}$/,
		'must be 1 to 63 letters, digits, dots, dashes or underscores, beginning with a letter or digit',
	),
);
