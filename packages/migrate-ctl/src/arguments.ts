import {InvalidArgumentError, Option} from 'commander';
import {parseDuration, parsePercent, parseRate, parseSize, UnitError} from '@sterna/host/units';
import {MAX_DATA_CHANNELS, PAGE_SIZE_BYTES} from '@sterna/protocol';

/** An argument that one of the unit parsers reads; what it cannot read is a mistake of the command line. */
function parsed(parse: (text: string) => number, text: string): number {
	try {
		return parse(text);
	} catch (error) {
		if (!(error instanceof UnitError)) throw error;
		throw new InvalidArgumentError(`${error.message}.`);
	}
}

/** An amount of guest memory: bytes, a multiple of a page. */
export function memoryArgument(text: string): number {
	const bytes = parsed(parseSize, text);
	if (bytes % PAGE_SIZE_BYTES !== 0) throw new InvalidArgumentError('It must be a multiple of 4KiB.');
	return bytes;
}

/** Bytes a second; 0 is idle. */
export function rateArgument(text: string): number | 'unthrottled' {
	return text === 'unthrottled' ? text : parsed(parseRate, text);
}

/** Whole bytes. */
export function bytesArgument(text: string): number {
	return parsed(parseSize, text);
}

/** Bytes a second that a limit allows; 0 = `none`: there is no limit. */
export function bandwidthArgument(text: string): number {
	if (text === 'none') return 0;
	const rate = parsed(parseRate, text);
	if (rate <= 0) throw new InvalidArgumentError('It must be more than 0, or none.');
	return rate;
}

/** A number of data connections. */
export function channelsArgument(text: string): number {
	const count = countArgument(text);
	if (count < 1 || count > MAX_DATA_CHANNELS) throw new InvalidArgumentError(`It must be 1 to ${MAX_DATA_CHANNELS}.`);
	return count;
}

/** A share in percent, with its sign or without: `15%`. */
export function percentArgument(text: string): number {
	return parsed(parsePercent, text);
}

/** Milliseconds. */
export function durationArgument(text: string): number {
	return parsed(parseDuration, text);
}

/** A whole number that control.proto's uint32 holds. */
export function countArgument(text: string): number {
	const count = Number(text);
	if (!/^\d+$/.test(text) || count >= 2 ** 32) throw new InvalidArgumentError('It must be a whole number from 0 to 4294967295.');
	return count;
}

/** As `countArgument`, and not 0. */
export function positiveCountArgument(text: string): number {
	const count = countArgument(text);
	if (count === 0) throw new InvalidArgumentError('It must be 1 or more.');
	return count;
}

/** A port: 1 to 65535. */
export function portArgument(text: string): number {
	const port = Number(text);
	if (!/^\d+$/.test(text) || port < 1 || port > 65_535) throw new InvalidArgumentError('It must be a port, 1 to 65535.');
	return port;
}

/** `--compression`: how pages are compressed on the wire. */
export function compressionOption(): Option {
	return new Option('--compression <kind>', 'of pages: auto weighs the link against the processor').choices([
		'auto',
		'none',
		'zstd',
		'lz4',
	]);
}

/** `--proof`: how it is proved that the memory arrived whole. */
export function proofOption(): Option {
	return new Option('--proof <kind>', 'that the memory there is the memory here; each proves more than the one before it').choices([
		'off',
		'wire',
		'audit',
		'full',
	]);
}

/** `--stream`: what records a migration is written in. */
export function streamOption(): Option {
	return new Option('--stream <kind>', "sterna: with Sterna's own records between the standard ones; xen: exactly what Xen writes")
		.choices(['sterna', 'xen'])
		.default('sterna');
}
