import {PageBitmap, type SourceDomain} from '@sterna/domain';
import {orAborted} from '@sterna/host';
import type {PrepareReply, ServerFrame} from '@sterna/protocol/control';
import type {ControlClient, SendChannels} from '@sterna/transport';
import {removeBatch} from '../engine/batcher.ts';
import {Pass} from '../engine/pass.ts';
import {SentPages} from '../engine/sent-pages.ts';
import {writeHead} from '../engine/stream-frame.ts';
import {BatchWriter} from '../engine/writer.ts';
import type {LinkOffer} from '../guest-sender.ts';
import type {ContentSample} from './sample-content.ts';

/** What sending pages of one kind over the link came to, in the last and longest of the trials. */
export type LinkFigures = {
	readonly pages: number;
	readonly ms: number;
	/** Bytes of the stream. */
	readonly wireBytes: number;
	readonly zeroPages: number;
	/** Cores that this process was busy on meanwhile. */
	readonly busyCores: number;
};

export type LinkProbe = {
	/** Between two of our words to the receiver and its answers. */
	readonly roundTripMs: number;
	/** For the receiver to populate a page. */
	readonly populateMsPerPage: number;
	/** For the receiver to start a process that does nothing, and see it end; undefined where it does not say. */
	readonly processStartMs: number | undefined;
	/** The data connections, with their handshakes. */
	readonly connectMs: number;
	readonly ofAll: LinkFigures;
	/** Undefined where the guest wrote nothing. */
	readonly ofWritten: LinkFigures | undefined;
	/** With every limit of bandwidth out of the way, as in the last pass; undefined where there is none, or the last pass heeds them. */
	readonly unlimited: LinkFigures | undefined;
};

export type ProbeOptions = {
	readonly client: ControlClient;
	/** In the preamble of the data connections. */
	readonly id: string;
	readonly domain: SourceDomain;
	readonly content: ContentSample;
	readonly windowBytes: number;
	readonly channels: number;
	readonly hashKey: number | undefined;
	/** For so many milliseconds the limits may be ignored once, to know what the last pass will be like; 0 = not at all. */
	readonly burstMs: number;
	/** Opens the data connections that were offered, over the copies, and puts them on data workers. */
	readonly openChannels: (offer: Omit<LinkOffer, 'pageHashes'>, signal: AbortSignal) => Promise<SendChannels>;
	readonly signal: AbortSignal;
};

const ROUND_TRIPS = 5;

/** A trial that took so long is believed. */
const LEAST_MS = 200;

/** The first trial, 1 MiB: it is one at 1 MB/s. Each further one is twice as long, until one takes long enough. */
const FIRST_PAGES = 256;

/** The longest trial, 256 MiB; all of them together are at most three times that. */
const MOST_PAGES = 65_536;

const nowMs = (): number => performance.now();

/**
 * Sends the copies over real data connections to a receiver that throws them away, by the migration's own writer, as often as it takes to know how fast they go. Rejects with
 * what the receiver refuses it with (ERR_NOT_SUPPORTED where it is a build without a probe), with what ended the link, or with the signal's reason.
 */
export async function probeLink(options: ProbeOptions): Promise<LinkProbe> {
	const {client, id, domain, content, windowBytes, channels: count, hashKey, burstMs, openChannels} = options;
	const roundTripMs = await measureRoundTrip(options);
	const over = new AbortController();
	const signal = AbortSignal.any([options.signal, over.signal]);
	const prepared = Promise.withResolvers<PrepareReply>();
	const onEvent = (frame: ServerFrame): void => {
		if (frame.kind === 'prepared') prepared.resolve(frame.body);
	};
	const mostPages = content.memory.pageLimit;
	const request = client.request('linkProbe', {id, mostPages, windowBytes, channels: count, hashKey}, {onEvent, signal});
	request.catch(prepared.reject);
	try {
		const offer = {link: 0, prepared: await orAborted(prepared.promise, signal), features: client.agreement.features};
		const preparedMs = nowMs();
		await using channels = await openChannels(offer, signal);
		const connectMs = nowMs() - preparedMs;
		const stop = (): void => void channels.destroy(signal.reason as Error);
		signal.addEventListener('abort', stop, {once: true});
		await writeHead(channels.primary, domain);
		const zerosGoEmpty = client.agreement.features.has('zero-pages');
		const trial = {channels, zerosGoEmpty, leastMs: LEAST_MS, signal};
		const ofAll = await measure({...trial, pages: content.ofAll});
		const written = content.ofWritten.count === 0 ? undefined : content.ofWritten;
		const ofWritten = written === undefined ? undefined : await measure({...trial, pages: written});
		channels.ignoreLimitsFor(burstMs);
		// Trials that double: all of them together are at most six times as long as what the last but two must stay below.
		const unlimited = burstMs === 0 ? undefined : await measure({...trial, leastMs: burstMs / 6, pages: written ?? content.ofAll});
		signal.removeEventListener('abort', stop);
		return {
			roundTripMs,
			populateMsPerPage: Math.max(0, offer.prepared.populateMs ?? 0) / mostPages,
			processStartMs: offer.prepared.processStartMs,
			connectMs,
			ofAll,
			ofWritten,
			unlimited,
		};
	} finally {
		over.abort(new Error('the probe is over'));
		await request.catch(() => undefined);
	}
}

/** The median of some. */
async function measureRoundTrip({client, id, signal}: ProbeOptions): Promise<number> {
	const times: number[] = [];
	for (let trip = 0; trip < ROUND_TRIPS; trip++) {
		const startedMs = nowMs();
		await client.request('linkProbe', {id, mostPages: 0, windowBytes: 0, channels: 0}, {signal});
		times.push(nowMs() - startedMs);
	}

	return times.toSorted((one, other) => one - other)[Math.floor(ROUND_TRIPS / 2)] ?? 0;
}

type Trial = {
	readonly channels: SendChannels;
	readonly pages: PageBitmap;
	readonly zerosGoEmpty: boolean;
	readonly leastMs: number;
	readonly signal: AbortSignal;
};

/** Trials of the same pages, each twice as long as the one before, until one takes long enough: connections and caches are warm then. Of that one and another like it the faster counts, as a host may stand still for a moment. */
async function measure(trial: Trial): Promise<LinkFigures> {
	for (let most = FIRST_PAGES; ; most *= 2) {
		const figures = await once(trial, most);
		if (figures.ms < trial.leastMs && figures.pages < MOST_PAGES) continue;
		const again = await once(trial, most);
		return again.ms / again.pages < figures.ms / figures.pages ? again : figures;
	}
}

async function once({channels, pages, zerosGoEmpty, signal}: Trial, most: number): Promise<LinkFigures> {
	// Each begins as a first pass does, where zeros are only named.
	const writer = new BatchWriter(channels, {sent: new SentPages(pages.pfnLimit), zerosGoEmpty, nowMs});
	const before = channels.progress;
	const cpu = process.cpuUsage();
	const startedMs = nowMs();
	const sent = await send(writer, {channels, pages, most, signal});
	await writer.applied();
	const ms = nowMs() - startedMs;
	const {user, system} = process.cpuUsage(cpu);
	const {writtenBytes, zeroPages} = channels.progress;
	return {
		pages: sent,
		ms,
		wireBytes: writtenBytes - before.writtenBytes,
		zeroPages: zeroPages - before.zeroPages,
		busyCores: (user + system) / 1000 / ms,
	};
}

type Sending = {readonly channels: SendChannels; readonly pages: PageBitmap; readonly most: number; readonly signal: AbortSignal};

/** Sends `most` pages or some more, the set again and again. Returns how many. */
async function send(writer: BatchWriter, {channels, pages, most, signal}: Sending): Promise<number> {
	let sent = 0;
	while (sent < most) {
		const due = copyOf(pages);
		const pass = new Pass(due, channels.count);
		while (sent < most) {
			signal.throwIfAborted();
			const batch = await writer.sendNext(pass);
			if (batch === undefined) break;
			removeBatch(due, batch);
			sent += batch.pageCount;
		}

		writer.barrier();
	}

	return sent;
}

function copyOf(pages: PageBitmap): PageBitmap {
	const copy = new PageBitmap(pages.pfnLimit);
	copy.addAll(pages);
	return copy;
}
