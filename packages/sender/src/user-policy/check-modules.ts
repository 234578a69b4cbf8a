import {hostError} from '@sterna/host';
import {ModuleThread} from './module-thread.ts';

/** Loads every module once, and lets it go. Rejects ERR_CONFIG, naming the key and what is wrong, for the first that is none. */
export async function checkModules(modules: ReadonlyMap<string, string>): Promise<void> {
	for (const [name, file] of modules) {
		const fault = await loadFault(file);
		if (fault !== undefined) throw hostError('ERR_CONFIG', `policy.modules.${name}: ${file} ${fault}`, {side: 'sender'});
	}
}

async function loadFault(file: string): Promise<string | undefined> {
	const {promise, resolve} = Promise.withResolvers<string | undefined>();
	using thread = new ModuleThread({
		file,
		timeoutMs: 0,
		onReady: () => resolve(undefined),
		onAnswer: () => undefined,
		onFault: resolve,
	});
	// A thread keeps no process alive, and its timer neither: the daemon waits for nothing else.
	const alive = setInterval(() => undefined, 1000);
	try {
		return await promise;
	} finally {
		clearInterval(alive);
		void thread;
	}
}
