import {spawn} from 'node:child_process';
import {once} from 'node:events';

/**
 * Milliseconds until a process that does nothing has been started and has ended: what the making of a guest mostly consists of, on this host at this moment. Rejects with
 * the signal's reason; where none can be started, with the system's error.
 */
export async function timeProcessStart(signal: AbortSignal): Promise<number> {
	signal.throwIfAborted();
	const startedMs = performance.now();
	const child = spawn(process.execPath, ['--eval', ''], {stdio: 'ignore', env: {}});
	try {
		await once(child, 'exit', {signal});
		return performance.now() - startedMs;
	} catch (error) {
		signal.throwIfAborted();
		throw error;
	} finally {
		child.kill('SIGKILL');
	}
}
