import {randomUUID} from 'node:crypto';
import {estimateContent, PageBitmap, type SourceDomain} from '@sterna/domain';
import {hostError, isBuiltInPolicy, type RemoteHost} from '@sterna/host';
import {PAGE_SIZE_BYTES} from '@sterna/protocol';
import type {ForecastReply, ForecastRequest} from '@sterna/protocol/control';
import {PageHashes} from '@sterna/transport';
import {chooseCompression} from '../choose-compression.ts';
import {limitsOf, MigrationLimits} from '../migration-limits.ts';
import {openChannels} from '../open-channels.ts';
import {openSource, takeDomain} from '../open-source.ts';
import {connectReceiver, dataSecurity, needHost} from '../peers.ts';
import type {SenderServices} from '../services.ts';
import {transferSettings, type TransferSettings} from '../transfer-settings.ts';
import type {Facts, Writes} from './facts.ts';
import {forecastInThread} from './forecast-thread.ts';
import {guestFailure} from './guest-failure.ts';
import {probeLink, type LinkProbe} from './probe-link.ts';
import {sampleContent} from './sample-content.ts';
import {SCAN_INTERVALS_MS, SHORT_INTERVALS_MS, sampleWhile, sampleWrites, type WriteSample} from './sample-writes.ts';

/** Watched for so long where nothing else was asked for: each interval twice and more. */
const DEFAULT_SAMPLE_MS = 5000;

/** Each interval length at least twice; at most as long as an operator would wait. */
const SAMPLE_LIMITS_MS = {least: 500, most: 600_000} as const;

/** 32 MiB from all of the memory, and as much of what is written. */
const PROBE_PAGES = 8192;

/** Enough to know how fast the link is without its limit, and not more than a last pass may take of it. */
const MAX_BURST_MS = 200;

/**
 * Says what a migration would be like. The guest runs on and stays where it is: its writes are tracked for the time of the sample, and copies of some of its pages are sent to the
 * receiver, which throws them away. The domain is taken for that time, so that nothing else begins with it. Rejects as the start of a migration does, with what the guest does
 * meanwhile, or with the signal's reason; nothing is left behind in any case.
 */
export async function forecastDomain(services: SenderServices, request: ForecastRequest, given: AbortSignal): Promise<ForecastReply> {
	const {config} = services;
	const {domain, host, sampleMs = DEFAULT_SAMPLE_MS, transfer} = request;
	if (host === config.hostName)
		throw hostError('ERR_HOST_UNKNOWN', `${host} is this host: the guest is there already`, {side: 'sender', next: 'migrate-ctl hosts'});
	if (!(sampleMs >= SAMPLE_LIMITS_MS.least && sampleMs <= SAMPLE_LIMITS_MS.most))
		throw hostError('ERR_USAGE', `a sample of ${sampleMs} ms; it must be ${SAMPLE_LIMITS_MS.least} to ${SAMPLE_LIMITS_MS.most} ms`, {
			side: 'sender',
		});
	const peer = needHost(services, host);
	const settings = transferSettings(config, {stream: 'sterna', tee: '', transfer});
	const asked = limitsOf(config, request.limits);
	// A module of the operator's is not played: what it answers is its own affair.
	const limits = {...asked, use: asked.use?.filter(name => isBuiltInPolicy(name))};
	const {lock, record} = await takeDomain(services, domain, `a forecast of its migration to ${peer.name}`);
	using _lock = lock;
	if (record.definition.kind === 'image')
		throw hostError('ERR_NOT_SUPPORTED', `${domain} is an image: nothing writes to its memory`, {
			side: 'sender',
			next: `migrate-ctl start ${domain} ${host}`,
		});
	const gone = new AbortController();
	const signal = AbortSignal.any([given, services.stopping, gone.signal]);
	const log = services.log.child({domain, peer: peer.name});
	log.info({sampleMs}, 'watched for a forecast');
	const openedMs = performance.now();
	await using source = await openSource(services, record);
	const openMs = performance.now() - openedMs;
	source.onGuestEvent = event => {
		if (event.kind !== 'paused') gone.abort(guestFailure(event, {domain, host: config.hostName}));
	};
	using bandwidth = new MigrationLimits(limits, settings, services.bandwidth);
	const measured = await measure(services, {source, peer, settings, bandwidth, sampleMs, signal});
	const facts: Facts = {
		...measured,
		kind: record.definition.kind,
		memoryPages: source.memory.memoryBytes / PAGE_SIZE_BYTES,
		openMs,
		bandwidthLimit: bandwidth.bytesPerSecond,
		downtimeBudgetMs: settings.downtimeBudgetMs,
		channels: settings.channels,
		compression: settings.compression,
		deltaCacheBytes: settings.deltaCacheBytes,
		hasDisks: source.disks !== undefined,
		ownPolicies: asked.use?.filter(name => !isBuiltInPolicy(name)) ?? [],
		otherMigrations: services.operations.running.length,
	};
	const reply = {domain, host, ...(await forecastInThread(facts, limits, signal))};
	log.info({...reply, probe: facts.probe}, 'forecast');
	return reply;
}

type Subject = {
	readonly source: SourceDomain;
	readonly peer: RemoteHost;
	readonly settings: TransferSettings;
	readonly bandwidth: MigrationLimits;
	readonly sampleMs: number;
	readonly signal: AbortSignal;
};

type Measured = Pick<Facts, 'sample' | 'besideProbe' | 'probe' | 'populatedPages' | 'contentPages'>;

/** The guest alone first, then beside a transfer: what the two take from each other shows in both. */
async function measure(services: SenderServices, {sampleMs, signal, ...subject}: Subject): Promise<Measured> {
	const {source} = subject;
	const options = {pageLimit: source.memory.pageLimit, nowMs: () => performance.now(), signal};
	// First of all: who cannot be reached, or measured, is known before anybody waits.
	await using client = await connectReceiver(services, subject.peer, signal);
	await using log = await source.startDirtyLog();
	const sample = await sampleWrites(log, sampleMs, {...options, intervalsMs: SCAN_INTERVALS_MS});
	const {populatedPages, contentPages} = estimateContent(source.memory);
	const probing = probe(services, {...subject, client, sample, signal});
	const {result, sample: besideProbe} = await sampleWhile(log, probing, {...options, intervalsMs: SHORT_INTERVALS_MS});
	return {sample: writesOf(sample), besideProbe: writesOf(besideProbe), probe: result, populatedPages, contentPages};
}

function writesOf({scans, sampledMs, written}: WriteSample): Writes {
	return {scans, sampledMs, writtenPages: written.count};
}

type ProbeSubject = Omit<Subject, 'sampleMs'> & {
	readonly client: Awaited<ReturnType<typeof connectReceiver>>;
	readonly sample: WriteSample;
};

async function probe(
	services: SenderServices,
	{client, source, peer, settings, bandwidth, sample, signal}: ProbeSubject,
): Promise<LinkProbe> {
	const all = new PageBitmap(source.memory.pageLimit);
	source.addAllPages(all);
	using content = await sampleContent(source.memory, {all, written: sample.written, pagesOfEach: PROBE_PAGES});
	const {features} = client.agreement;
	const hashes =
		settings.proof === 'off' || !features.has('proof')
			? undefined
			: new PageHashes({pageLimit: content.memory.pageLimit, key: PageHashes.randomKey()});
	const id = randomUUID();
	const {windowBytes} = services.config.data;
	const {channels} = settings;
	// Awaited here: the copies must outlive it.
	return await probeLink({
		client,
		id,
		domain: source,
		content,
		windowBytes,
		channels,
		hashKey: hashes?.key,
		burstMs: bandwidth.bytesPerSecond === undefined ? 0 : Math.min(settings.downtimeBudgetMs, MAX_BURST_MS),
		openChannels: async (offer, inner) =>
			openChannels(
				{
					pool: services.pool,
					peer,
					security: dataSecurity(services, peer, features),
					migration: {id},
					limits: bandwidth,
					source: {memory: content.memory, pageTypes: undefined},
					tee: undefined,
					compression: chooseCompression({...settings, deltaCacheBytes: 0}, features),
					heartbeat: undefined,
					channels,
					windowBytes,
				},
				{...offer, pageHashes: hashes},
				inner,
			),
		signal,
	});
}
