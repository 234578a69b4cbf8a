import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {freePorts} from '@sterna/test-e2e';
import {output} from './tool.ts';

/** What we read of `iperf3 --json`. */
type Report = {readonly end: {readonly sum_received: {readonly bits_per_second: number}}};

/** Bytes a second that iperf3 moves over loopback on one connection, from one small buffer that stays in the cache. */
export async function runIperf3({bytes}: {readonly bytes: number}): Promise<number> {
	const [port = 0] = await freePorts(1);
	const server = spawn('iperf3', ['--server', '--one-off', '--bind', '127.0.0.1', '--port', String(port), '--forceflush'], {
		stdio: ['ignore', 'pipe', 'ignore'],
	});
	const exited = once(server, 'exit');
	try {
		await once(server.stdout, 'data'); // "Server listening on …"
		server.stdout.resume();
		const text = await output('iperf3', ['--client', '127.0.0.1', '--port', String(port), '--bytes', String(bytes), '--json']);
		const report = JSON.parse(text) as Report;
		return report.end.sum_received.bits_per_second / 8;
	} finally {
		server.kill('SIGKILL');
		await exited;
	}
}
