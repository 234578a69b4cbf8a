import path from 'node:path';
import {type ConsoleInput, DomainError, driverFor} from '@sterna/domain';
import type {Side} from '@sterna/protocol';
import type {Directories} from '../directories.ts';
import type {DomainRegistry} from '../domain-registry.ts';
import {FileLock} from '../file-lock.ts';
import {hostError} from '../host-error.ts';
import type {Stay} from './guest-stay.ts';

export type ConsoleInputDependencies = {readonly registry: DomainRegistry; readonly directories: Directories; readonly side: Side};

/**
 * The way into the console of a guest that is here. One that has left already takes nothing: its writes reject ERR_GUEST_EXITED; one of a kind without a
 * console, ERR_NOT_SUPPORTED. Rejects ERR_DOMAIN_BUSY where another console of either daemon has it.
 */
export async function openConsoleInput({registry, directories, side}: ConsoleInputDependencies, stay: Stay): Promise<ConsoleInput> {
	const record = await registry.get(stay.domain);
	if (record?.definition.uuid !== stay.uuid) return refusing(new DomainError('ERR_GUEST_EXITED', `${stay.domain} is not here`));
	const {definition, handle} = record;
	const driver = driverFor(definition.kind);
	if (driver.openConsole === undefined) {
		return refusing(
			hostError('ERR_NOT_SUPPORTED', `${stay.domain} is a ${definition.kind} guest, which has no console: nothing can be typed`, {side}),
		);
	}

	const place = directories.guestPlace(stay.domain);
	const lock = FileLock.tryAcquire(path.join(place.runDir, 'console.lock'), `${side}: console`);
	if (!(lock instanceof FileLock)) {
		throw hostError('ERR_DOMAIN_BUSY', `the console of ${stay.domain} is in use by process ${lock.pid ?? 'unknown'} (${lock.what})`, {
			side,
			next: `migrate-ctl domain output ${stay.domain} --follow`,
		});
	}

	try {
		const input = await driver.openConsole(definition, handle, place);
		return {
			write: async bytes => input.write(bytes),
			async [Symbol.asyncDispose]() {
				await input[Symbol.asyncDispose]();
				lock[Symbol.dispose]();
			},
		};
	} catch (error) {
		lock[Symbol.dispose]();
		throw error;
	}
}

function refusing(because: Error): ConsoleInput {
	return {write: async () => Promise.reject(because), [Symbol.asyncDispose]: async () => Promise.resolve()};
}
