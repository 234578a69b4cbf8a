import {parentPort, receiveMessageOnPort, workerData} from 'node:worker_threads';
import {type ByteChannel, FileChannel, SocketChannel} from './byte-channel.ts';
import {HandshakeMachine} from './handshake-machine.ts';
import {HashMachine} from './hash-machine.ts';
import type {DescriptorKind, OpenHandshake, OpenHash, OpenReceive, OpenSend, WorkerCommand, WorkerReport} from './messages.ts';
import {PollLoop} from './poll-loop.ts';
import {ReceiveMachine} from './receive-machine.ts';
import {SendMachine} from './send-machine.ts';
import {TlsChannel} from './tls-channel.ts';

/** What the pool starts a data worker with. */
export type DataWorkerSetup = {
	/** An eventfd that is signalled after a command was posted. */
	readonly wakeFd: number;
	/** Not 0 = end now. */
	readonly stopFlag: Int32Array<SharedArrayBuffer>;
};

/** The body of a data worker: everything between `postMessage` and the system calls. Runs until it is told to stop. */
function runDataWorker({wakeFd, stopFlag}: DataWorkerSetup): void {
	const port = parentPort;
	if (port === null) throw new TypeError('a data worker was started on the main thread');
	const senders = new Map<number, SendMachine>();
	const receivers = new Map<number, ReceiveMachine>();
	const handshakes = new Map<number, HandshakeMachine>();
	const hashers = new Map<number, HashMachine>();

	const report = (message: WorkerReport): void => {
		if (message.type === 'closed' || message.type === 'secured') {
			handshakes.delete(message.link);
			senders.delete(message.link);
			receivers.delete(message.link);
			hashers.delete(message.link);
		}

		port.postMessage(message);
	};

	const openSend = ({fd, descriptor, tlsSession, teeFd, ...options}: OpenSend): void => {
		const channel = openChannel(fd, descriptor, tlsSession);
		const tee = teeFd === undefined ? undefined : openChannel(teeFd, 'file', undefined);
		const machine = new SendMachine({...options, channel, tee, report});
		senders.set(options.link, machine);
		loop.add(machine);
	};

	const openReceive = ({fd, descriptor, tlsSession, ...options}: OpenReceive): void => {
		const machine = new ReceiveMachine({...options, channel: openChannel(fd, descriptor, tlsSession), report});
		receivers.set(options.link, machine);
		loop.add(machine);
	};

	const openHandshake = ({timeoutMs, ...options}: OpenHandshake): void => {
		const machine = new HandshakeMachine({...options, deadlineMs: performance.now() + timeoutMs, report});
		handshakes.set(options.link, machine);
		loop.add(machine);
	};

	const openHash = (options: OpenHash): void => {
		const machine = new HashMachine({...options, report});
		hashers.set(options.link, machine);
		loop.add(machine);
	};

	const obeyOne = (command: WorkerCommand): void => {
		// A command for a link that has closed by itself meanwhile finds nothing.
		switch (command.type) {
			case 'open-send':
				openSend(command);
				break;
			case 'open-receive':
				openReceive(command);
				break;
			case 'open-handshake':
				openHandshake(command);
				break;
			case 'open-hash':
				openHash(command);
				break;
			case 'bytes':
				senders.get(command.link)?.queueBytes(command.bytes);
				break;
			case 'pages':
				senders.get(command.link)?.queuePages(command.batch);
				break;
			case 'digest':
				senders.get(command.link)?.queueDigest(command.of);
				break;
			case 'hash':
				hashers.get(command.link)?.queue(command.order, command.runs);
				break;
			case 'ignore-limits':
				senders.get(command.link)?.ignoreLimitsFor(command.milliseconds);
				break;
			case 'heartbeats':
				senders.get(command.link)?.allowHeartbeats(command.allowed);
				break;
			case 'pass-barrier':
				receivers.get(command.link)?.passBarrier(performance.now());
				break;
			case 'taken':
				receivers.get(command.link)?.confirm(command.bytes);
				break;
			case 'close':
				senders.get(command.link)?.close();
				handshakes.get(command.link)?.close();
				hashers.get(command.link)?.close();
				receivers.get(command.link)?.end(command.lastRecord, performance.now());
				break;
			default:
				command satisfies never;
		}
	};

	const obey = (): 'go-on' | 'stop' => {
		while (Atomics.load(stopFlag, 0) === 0) {
			const received = receiveMessageOnPort(port);
			if (received === undefined) return 'go-on';
			obeyOne(received.message as WorkerCommand);
		}

		return 'stop';
	};

	const loop = new PollLoop(wakeFd, obey);
	loop.run();
}

function openChannel(fd: number, descriptor: DescriptorKind, tlsSession: number | undefined): ByteChannel {
	if (tlsSession !== undefined) return new TlsChannel(fd, tlsSession);
	return descriptor === 'file' ? new FileChannel(fd) : new SocketChannel(fd);
}

runDataWorker(workerData as DataWorkerSetup);
