import {existsSync} from 'node:fs';
import path from 'node:path';
import {output, PeerMissingError} from './tool.ts';

/** A bare C loop that moves cold memory over loopback TCP: what the kernel can do. It lies beside the checkout, not in it. */
const SOURCE = path.join(import.meta.dirname, '../../../../shared/tools/memory-pump.c');

/** Compiles the pump into `directory` and returns the program's path. */
export async function buildMemoryPump(directory: string): Promise<string> {
	if (!existsSync(SOURCE)) throw new PeerMissingError(`${SOURCE} is not there: the memory pump lies in ../shared beside the checkout`);
	const program = path.join(directory, 'memory-pump');
	try {
		await output('cc', ['-O2', '-pthread', '-o', program, SOURCE]);
	} catch (error) {
		throw new PeerMissingError('cc cannot compile the memory pump: apt-get install gcc libc6-dev', {cause: error});
	}

	return program;
}

export type PumpFigures = {readonly bytesPerSecond: number; /** Of both processes together. */ readonly cpuSecondsPerGib: number};

/** Moves `mebibytes` over `connections` connections in chunks of 1 MiB. */
export async function runMemoryPump(
	program: string,
	{mebibytes, connections}: {readonly mebibytes: number; readonly connections: number},
): Promise<PumpFigures> {
	const text = await output(program, [String(1024 * 1024), String(mebibytes), String(connections)]);
	const found = /^(?<gigabytes>[\d.]+) GB\/s, .* CPU (?<cpu>[\d.]+) s\/GiB/.exec(text);
	if (found?.groups === undefined || text.includes('FAILED')) throw new Error(`the memory pump said: ${text}`);
	return {bytesPerSecond: Number(found.groups['gigabytes']) * 1e9, cpuSecondsPerGib: Number(found.groups['cpu'])};
}
