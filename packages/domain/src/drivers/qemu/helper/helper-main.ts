import {Socket} from 'node:net';
import process from 'node:process';
import {causeChain} from '@sterna/protocol/errors';
import {endProcess} from '@sterna/system/end-process';
import {sendWithDescriptors} from '@sterna/system/processes';
import * as v from 'valibot';
import {DomainError} from '../../../domain-error.ts';
import {HELPER_FD, type HelperReply, HelperRequest, MAX_HELPER_LINE_BYTES} from './helper-protocol.ts';
import {takeHold} from './take-hold.ts';

/**
 * The process that looks into a QEMU, so that no daemon needs the right to: waits for one request on descriptor 3, answers, and ends; ends
 * too when the other end is closed. What it does to a QEMU is done in one synchronous stretch: signals that would end it wait for that.
 */
type Answer = {readonly reply: HelperReply; readonly descriptors: readonly number[]};

for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => endProcess(0));

const line = await readLine(new Socket({fd: HELPER_FD}));
if (line !== undefined) {
	const {reply, descriptors} = answerTo(line);
	const bytes = Buffer.from(`${JSON.stringify(reply)}\n`);
	sendWithDescriptors(HELPER_FD, bytes, descriptors);
}

endProcess(0);

/** The request's line; undefined when the other end closes without one. */
async function readLine(socket: Socket): Promise<string | undefined> {
	let text = '';
	for await (const chunk of socket.iterator({destroyOnReturn: false})) {
		text += String(chunk);
		if (text.includes('\n')) return text;
		if (text.length > MAX_HELPER_LINE_BYTES) break;
	}

	return undefined;
}

function answerTo(text: string): Answer {
	try {
		return obey(v.parse(HelperRequest, JSON.parse(text)));
	} catch (error) {
		const code = error instanceof DomainError ? error.code : 'ERR_INTERNAL';
		const [message = 'the helper failed', ...causes] = causeChain(error);
		return {reply: {outcome: 'failed', code, message, causes}, descriptors: []};
	}
}

function obey(request: HelperRequest): Answer {
	const {ramFd, address, tracking, trackingRefused} = takeHold(request);
	if (tracking)
		return {
			reply: {outcome: 'held', address, tracking: {state: 'armed', userModeOnly: tracking.userModeOnly}},
			descriptors: [ramFd, tracking.fd, tracking.pagemap],
		};
	return {
		reply: {
			outcome: 'held',
			address,
			tracking: trackingRefused === undefined ? {state: 'not-asked-for'} : {state: 'refused', reason: trackingRefused},
		},
		descriptors: [ramFd],
	};
}
