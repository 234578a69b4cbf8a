import {readFileSync} from 'node:fs';

const RSS_ANON = /^RssAnon:\s+(?<kibibytes>\d+) kB$/m;
const AVAILABLE = /^MemAvailable:\s+(?<kibibytes>\d+) kB$/m;

function kibibytesIn(file: string, pattern: RegExp): number {
	const found = pattern.exec(readFileSync(file, 'utf8'))?.groups?.['kibibytes'];
	if (found === undefined) throw new Error(`${file} does not say ${pattern.source}`);
	return Number(found);
}

/** Resident anonymous bytes of a process: its heap and stacks, without files and shared memory, guests' memory among them. Throws when it is gone. */
export function anonymousBytesOf(pid: number): number {
	return kibibytesIn(`/proc/${pid}/status`, RSS_ANON) * 1024;
}

/** Bytes that this machine can still give without swapping. */
export function availableBytes(): number {
	return kibibytesIn('/proc/meminfo', AVAILABLE) * 1024;
}
