import {type ChildProcess, fork} from 'node:child_process';
import {once} from 'node:events';
import {readFile} from 'node:fs/promises';
import path from 'node:path';
import type {EndMessage, PortMessage, ReceiverMessage, SenderMessage} from './node-tls-end.ts';
import {output, PeerMissingError} from './tool.ts';

const END = path.join(import.meta.dirname, 'node-tls-end.ts');

export type TlsIdentity = {readonly key: string; readonly cert: string};

/** Makes a key and a certificate of its own for the pump, in `directory`. */
export async function makeTlsIdentity(directory: string): Promise<TlsIdentity> {
	const [keyFile, certFile] = [path.join(directory, 'tls.key'), path.join(directory, 'tls.crt')];
	const request = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '1', '-subj', '/CN=bench'];
	try {
		await output('openssl', [...request, '-keyout', keyFile, '-out', certFile]);
	} catch (error) {
		throw new PeerMissingError('openssl cannot make a certificate: apt-get install openssl', {cause: error});
	}

	return {key: await readFile(keyFile, 'utf8'), cert: await readFile(certFile, 'utf8')};
}

export type TlsPumpFigures = {
	readonly bytesPerSecond: number;
	/** CPU seconds of the transfer. */
	readonly cpu: {readonly send: number; readonly receive: number};
};

/** Moves `bytes` of cold memory from one Node process to another over TLS 1.3, Node's own, as fast as that goes. */
export async function runTlsPump({key, cert}: TlsIdentity, {bytes}: {readonly bytes: number}): Promise<TlsPumpFigures> {
	const receiver = startEnd('receive', bytes);
	const sender = startEnd('send', bytes);
	try {
		const ready = nextMessage<PortMessage>(receiver);
		receiver.send({key, cert} satisfies ReceiverMessage);
		const {port} = await ready;
		const ends = Promise.all([nextMessage<EndMessage>(sender), nextMessage<EndMessage>(receiver)]);
		sender.send({port, cert} satisfies SenderMessage);
		const [sent, received] = await ends;
		if (received.protocol !== 'TLSv1.3') throw new Error(`the pump spoke ${received.protocol}`);
		return {bytesPerSecond: (bytes / received.elapsedMs) * 1000, cpu: {send: sent.cpuSeconds, receive: received.cpuSeconds}};
	} finally {
		for (const child of [sender, receiver]) await ended(child);
	}
}

function startEnd(role: 'send' | 'receive', bytes: number): ChildProcess {
	return fork(END, [role, String(bytes)], {stdio: ['ignore', 'ignore', 'inherit', 'ipc']});
}

/** Rejects when the process ends instead. */
async function nextMessage<Message>(child: ChildProcess): Promise<Message> {
	const done = new AbortController();
	const exited = once(child, 'exit', {signal: done.signal}).then(([code]) => {
		throw new Error(`an end of the TLS pump exited with ${String(code)}`);
	});
	exited.catch(() => undefined); // The race below has heard it, or it was given up.
	try {
		const [message] = (await Promise.race([once(child, 'message', {signal: done.signal}), exited])) as [Message];
		return message;
	} finally {
		done.abort();
	}
}

async function ended(child: ChildProcess): Promise<void> {
	if (child.exitCode !== null || child.signalCode !== null) return;
	const exited = once(child, 'exit');
	child.kill('SIGKILL');
	await exited;
}
