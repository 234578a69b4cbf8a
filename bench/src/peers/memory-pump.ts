import {existsSync} from 'node:fs';
import path from 'node:path';
import {output, PeerMissingError} from './tool.ts';

/** A bare C loop that moves cold memory over loopback TCP: what the kernel can do. It lies beside the checkout, not in it. */
const SOURCE = path.join(import.meta.dirname, '../../../../shared/tools/memory-pump.c');

const FIGURES = /^(?<gigabytes>[\d.]+) GB\/s, .* CPU (?<cpu>[\d.]+) s\/GiB \(send (?<send>[\d.]+), receive (?<receive>[\d.]+)\)/;

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

export type PumpFigures = {
	readonly bytesPerSecond: number;
	/** CPU seconds per GiB of the transfer: of both processes together, and of each. */
	readonly cpuPerGib: {readonly both: number; readonly send: number; readonly receive: number};
};

/** Moves `mebibytes` over `connections` connections in chunks of 1 MiB. */
export async function runMemoryPump(
	program: string,
	{mebibytes, connections}: {readonly mebibytes: number; readonly connections: number},
): Promise<PumpFigures> {
	const text = await output(program, [String(1024 * 1024), String(mebibytes), String(connections)]);
	const found = FIGURES.exec(text)?.groups;
	if (found === undefined || text.includes('FAILED')) throw new Error(`the memory pump said: ${text}`);
	return {
		bytesPerSecond: Number(found['gigabytes']) * 1e9,
		cpuPerGib: {both: Number(found['cpu']), send: Number(found['send']), receive: Number(found['receive'])},
	};
}
