import {Readable, Writable} from 'node:stream';
import {type CliIo, run} from '@sterna/migrate-ctl';
import type {CtlResult, LabHost} from '@sterna/test-e2e';

/** Gathers what is written to it. */
class TextSink extends Writable {
	text = '';

	override _write(chunk: Buffer, _encoding: string, callback: () => void): void {
		this.text += chunk.toString();
		callback();
	}
}

/**
 * `migrate-ctl ARGS` of a host, run in this process: starting one of its own takes a core for longer than some migrations last, and many
 * at once would begin one after another. Resolves with its exit status and output.
 */
export async function runCtl(host: LabHost, args: readonly string[]): Promise<CtlResult> {
	const [stdout, stderr] = [new TextSink(), new TextSink()];
	const io: CliIo = {
		stdin: Readable.from([]),
		stdout,
		stderr,
		env: {NO_COLOR: '1'},
		cwd: host.directory,
		unicode: true,
		now: () => performance.now(),
		listen: () => ({[Symbol.dispose]: () => undefined}),
	};
	const status = await run(['--config', host.files.config, ...args], io);
	return {status, stdout: stdout.text, stderr: stderr.text};
}

/** Like `runCtl`, but rejects with what it printed when it did not succeed. */
export async function mustCtl(host: LabHost, args: readonly string[]): Promise<void> {
	const {status, stdout, stderr} = await runCtl(host, args);
	if (status !== 0) throw new Error(`${host.name}: migrate-ctl ${args.join(' ')} exited with ${status}\n${stdout}${stderr}`);
}
