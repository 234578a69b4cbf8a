import {chmodSync, closeSync, rmSync, writeSync} from 'node:fs';
import {dirname} from 'node:path';
import process from 'node:process';
import {bootTimeNs, endProcess} from '@sterna/system';
import * as v from 'valibot';
import {DomainError} from '../../domain-error.ts';
import type {GuestRequest} from './control-protocol.ts';
import {GuestControlServer} from './control-server.ts';
import {EpochGate} from './epoch-gate.ts';
import {Guest} from './guest.ts';
import {GuestArguments, READY_FD} from './guest-arguments.ts';
import {FileOutput, GatedLines} from './output-channel.ts';
import {rehearseHandover} from './rehearsal.ts';
import {UdpPort} from './udp-port.ts';

/** An incoming guest that nobody is connected to and that has no CPU state yet is of no use to anyone after this time. */
const ORPHAN_AFTER_MS = 10 * 60_000;

/**
 * The workload guest's process: arguments, wiring, and its end. Says on descriptor 3 that it is ready, or why it cannot be.
 * What runs here imports the small entry points of the protocol package: a target is made while a migration waits for it, and
 * reading all codecs would take most of that time.
 */
async function main(): Promise<void> {
	process.umask(0o077);
	// The daemon that started us may go: we stay.
	process.on('SIGHUP', () => undefined);
	const {definition, socketPath, outputFile, address, mode, tracking} = v.parse(GuestArguments, JSON.parse(process.argv[2] ?? ''));
	process.title = `sterna-guest ${definition.name}`;
	// Other users cannot reach the socket, whatever the directory was made with.
	chmodSync(dirname(socketPath), 0o700);
	const server = new GuestControlServer();
	const output = new FileOutput(outputFile);
	const gate = new EpochGate({bootTimeNs});
	const port =
		definition.udpPort === undefined
			? undefined
			: new UdpPort({address, port: definition.udpPort, onRequest: (nonce, reply) => guest.receive(nonce, reply)});
	const guest: Guest = new Guest({
		definition,
		lines: new GatedLines(gate, output),
		gate,
		tracking,
		onNotice: notice => server.notify(notice),
		onRun: () => port?.open(),
	});
	const end = async (): Promise<void> => {
		await server.close();
		port?.close();
		output.close();
		endProcess(0);
	};

	let orphanTimer: NodeJS.Timeout | undefined;
	const handle = async (request: GuestRequest): Promise<object> => {
		clearTimeout(orphanTimer);
		const result = await obey({guest, gate, port}, request);
		if (request.command === 'exit') server.notify({event: 'exited', detail: 'the guest exited'});
		if (request.command === 'resize') server.notify({event: 'resized', memoryBytes: request.memoryBytes});
		if (request.command === 'add-device') server.notify({event: 'device-added', device: request.device});
		if (request.command === 'exit' || request.command === 'destroy') {
			guest.pause();
			// The answer goes out first.
			setImmediate(() => void end());
		}

		return result;
	};

	if (mode !== 'incoming') await guest.boot();
	rmSync(socketPath, {force: true});
	await server.listen({
		socketPath,
		handle,
		onAlone: () => {
			if (guest.show().state === 'incoming') orphanTimer = setTimeout(() => void end(), ORPHAN_AFTER_MS);
		},
	});
	if (mode === 'run') guest.resume();
	sayReady({ready: true});
	if (mode === 'incoming') await guest.warmUp();
	await rehearseHandover(definition, dirname(socketPath));
}

type Parts = {readonly guest: Guest; readonly gate: EpochGate; readonly port: UdpPort | undefined};

/** What needs no waiting is done before this returns: requests that come in one breath are obeyed in their order. */
async function obey({guest, gate, port}: Parts, request: GuestRequest): Promise<object> {
	switch (request.command) {
		case 'show':
			return {...guest.show(), port: port?.state ?? 'none'};
		case 'pause':
			return guest.pause();
		case 'resume':
			return guest.resume();
		case 'save-state':
			return guest.saveState(request.file);
		case 'read-state':
			return {state: Buffer.from(guest.readState()).toString('base64')};
		case 'load-state':
			guest.loadState(Buffer.from(request.state, 'base64'));
			return {};
		case 'hold':
			gate.hold();
			return {};
		case 'cut':
			guest.cut(request.epoch, {first: request.first});
			return {};
		case 'release':
			guest.release(request.epoch, request.untilBootNs);
			return {};
		case 'open':
			gate.open();
			return {};
		case 'held':
			return {bytes: gate.facts.heldBytes, items: gate.facts.heldItems};
		case 'check':
			return guest.check();
		case 'warm':
			await guest.warm();
			return {};
		case 'reboot':
			await guest.reboot();
			return {};
		case 'set-fault':
			guest.setFault(request.deviceState);
			return {};
		case 'exit':
		case 'destroy':
		case 'resize':
		case 'add-device':
			return {};
	}
}

function sayReady(message: {ready: true} | {ready: false; code: string; message: string}): void {
	try {
		writeSync(READY_FD, `${JSON.stringify(message)}\n`);
		closeSync(READY_FD);
	} catch {
		// The daemon died while we started: the guest is there all the same.
	}
}

try {
	await main();
} catch (error) {
	const code = error instanceof DomainError ? error.code : 'ERR_INTERNAL';
	sayReady({ready: false, code, message: error instanceof Error ? error.message : String(error)});
	throw error;
}
