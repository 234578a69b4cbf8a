import {execFile} from 'node:child_process';
import {promisify} from 'node:util';
import {DomainError} from '../../domain-error.ts';

/** A QEMU that lists its machine types does nothing else, and is done within a second on a slow host. */
const TIMEOUT_MS = 20_000;

/**
 * The versioned machine type that an alias (`q35`, `pc`) stands for in this QEMU; any other type it has stands for itself. Rejects ERR_NOT_SUPPORTED
 * where it has no such type, or is not installed.
 */
export async function resolveMachine(program: string, machine: string): Promise<string> {
	const listed = await listMachines(program);
	const resolved = listed.get(machine);
	if (resolved === undefined) throw new DomainError('ERR_NOT_SUPPORTED', `${program} has no machine type ${machine}`);
	return resolved;
}

/** Every machine type that a QEMU has, by all of its names: what each stands for. Rejects ERR_NOT_SUPPORTED where it is not installed. */
export async function listMachines(program: string): Promise<ReadonlyMap<string, string>> {
	try {
		const {stdout} = await promisify(execFile)(program, ['-machine', 'help'], {timeout: TIMEOUT_MS, cwd: '/'});
		return parseMachineHelp(stdout);
	} catch (error) {
		throw new DomainError('ERR_NOT_SUPPORTED', `${program} is not installed, or does not list its machine types`, {cause: error});
	}
}

/** Machine types by every name they have, from `q35 Standard PC (Q35 + ICH9, 2009) (alias of pc-q35-7.2)` and the like. */
export function parseMachineHelp(text: string): ReadonlyMap<string, string> {
	const lines = text.split('\n').filter(line => /^\S+\s+\S/.test(line) && !line.endsWith(':'));
	return new Map(
		lines.map(line => {
			const [name = ''] = line.split(/\s/, 1);
			return [name, /\(alias of (\S+)\)/.exec(line)?.[1] ?? name];
		}),
	);
}
