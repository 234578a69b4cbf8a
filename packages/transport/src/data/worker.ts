import {parentPort, receiveMessageOnPort, workerData} from 'node:worker_threads';
import {type ByteChannel, FileChannel, SocketChannel} from './byte-channel.ts';
import type {DescriptorKind, OpenReceive, OpenSend, WorkerCommand, WorkerReport} from './messages.ts';
import {PollLoop} from './poll-loop.ts';
import {ReceiveMachine} from './receive-machine.ts';
import {SendMachine} from './send-machine.ts';

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

	const report = (message: WorkerReport): void => {
		if (message.type === 'closed') {
			senders.delete(message.link);
			receivers.delete(message.link);
		}

		port.postMessage(message);
	};

	const openSend = ({link, fd, descriptor, teeFd, memory, pageTypes, windowBytes, compression}: OpenSend): void => {
		const channel = openChannel(fd, descriptor);
		const tee = teeFd === undefined ? undefined : openChannel(teeFd, 'file');
		const machine = new SendMachine({link, channel, tee, memory, pageTypes, windowBytes, compression, report});
		senders.set(link, machine);
		loop.add(machine);
	};

	const openReceive = ({fd, descriptor, ...options}: OpenReceive): void => {
		const machine = new ReceiveMachine({...options, channel: openChannel(fd, descriptor), report});
		receivers.set(options.link, machine);
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
			case 'bytes':
				senders.get(command.link)?.queueBytes(command.bytes);
				break;
			case 'pages':
				senders.get(command.link)?.queuePages(command.runs, command.zeroPages);
				break;
			case 'backed':
				receivers.get(command.link)?.markBacked(command.pfn, command.pageCount);
				break;
			case 'pass-barrier':
				receivers.get(command.link)?.passBarrier(performance.now());
				break;
			case 'taken':
				receivers.get(command.link)?.confirm(command.bytes);
				break;
			case 'close':
				senders.get(command.link)?.close();
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

function openChannel(fd: number, descriptor: DescriptorKind): ByteChannel {
	return descriptor === 'file' ? new FileChannel(fd) : new SocketChannel(fd);
}

runDataWorker(workerData as DataWorkerSetup);
