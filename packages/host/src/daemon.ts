import {enableCompileCache} from 'node:module';
import path from 'node:path';
import {causeChain, ERROR_CODES, OperationError} from '@sterna/protocol';
import {compileWithoutMaglev, endProcess, requestTimeSlice, SHORTEST_TIME_SLICE_NS} from '@sterna/system';
import {type Config, loadConfig} from './config/load-config.ts';
import {type DaemonFlags, type DaemonRole, parseDaemonFlags} from './daemon-flags.ts';
import {Directories} from './directories.ts';
import {DomainRegistry} from './domain-registry.ts';
import {armFaults} from './faults/arm-faults.ts';
import {FileLock} from './file-lock.ts';
import {fileError, hostError} from './host-error.ts';
import {createLogger, type Logger} from './log.ts';
import {MemoryBudget} from './memory-budget.ts';
import {OutcomeStore} from './outcome-store.ts';
import {notifySystemd} from './systemd.ts';

/** What a daemon is given to work with. */
export type DaemonContext = {
	readonly config: Config;
	readonly directories: Directories;
	readonly registry: DomainRegistry;
	readonly outcomes: OutcomeStore;
	readonly budget: MemoryBudget;
	readonly log: Logger;
	/** Name and version, for hellos: `sterna-sender 0.1.0`. */
	readonly software: string;
	/** Fires at the first SIGTERM or SIGINT, with ERR_DAEMON_STOPPING as its reason. */
	readonly stopping: AbortSignal;
	/** `reread` is called at every SIGHUP, to read again what may have changed on disk. What it throws is logged, and changes nothing. */
	readonly onReload: (reread: () => void) => void;
};

/** A daemon that runs. */
export type RunningDaemon = {
	/** Ends everything under way and releases everything held. Guests run on. Called once. */
	stop(): Promise<void>;
};

export type DaemonOptions = {
	readonly role: DaemonRole;
	readonly version: string;
	/** Arguments without interpreter and program. */
	readonly argv: readonly string[];
	/** Resolves when the daemon takes requests. */
	readonly start: (context: DaemonContext) => Promise<RunningDaemon>;
};

/** EX_SOFTWARE of sysexits.h: a fault of our own. */
const EXIT_INTERNAL = 70;
/** Below the 60 s after which systemd would kill (packaging/systemd). */
const STOP_DEADLINE_MS = 45_000;

/**
 * Runs a daemon until it is told to stop, and ends the process: 0 after SIGTERM or SIGINT, the exit status of the error when it cannot start,
 * 70 after an error that nobody caught. A second signal ends it at once.
 */
export async function runDaemon(options: DaemonOptions): Promise<void> {
	compileWithoutMaglev();
	const {role, version, argv} = options;
	const software = `sterna-${role} ${version}`;
	const flags = parseDaemonFlags(role, version, argv);
	try {
		const config = loadConfig({side: role, overrides: flags.overrides, ...(flags.config === undefined ? {} : {file: flags.config})});
		const log = await openLog(role, config, flags);
		armFaults(process.env, role, text => {
			log.warn(text);
		});
		catchTheUncaught(log);
		const stopping = listenForSignals(role, log);
		const directories = new Directories(config.paths, role, {qemu: config.qemu, guestAddress: config.guests.address});
		directories.create({socketGroup: config[role].socketGroup});
		// For data workers and guests: compiling is most of what their start takes.
		enableCompileCache(directories.compileCache);
		// What this thread does takes little, and a guest that stands still waits for it; its workers, and the guests that it makes, compute.
		requestTimeSlice(0, SHORTEST_TIME_SLICE_NS, {isInherited: false});
		using lock = lockState(directories, role);
		log.info({version, pid: process.pid, config: config.file, paths: config.paths, lock: lock.file}, 'starting');
		const registry = new DomainRegistry(directories, {side: role});
		const context: DaemonContext = {
			config,
			directories,
			registry,
			outcomes: new OutcomeStore(directories, {side: role}),
			budget: new MemoryBudget({side: role, limitBytes: config.receiver.memoryLimitBytes, registry}),
			log,
			software,
			stopping,
			onReload: listenForReload(log),
		};
		await reportCorruptRecords(registry, log);
		await serve(options, context);
	} catch (error) {
		process.stderr.write(`${software}: ${causeChain(error).join('\n\tbecause: ')}\n`);
		endProcess(error instanceof OperationError ? ERROR_CODES[error.code].exitStatus : EXIT_INTERNAL);
	}

	// Worker threads and sockets that outlast `stop` must not keep a stopped daemon alive.
	endProcess(0);
}

async function openLog(role: DaemonRole, {hostName, log}: Config, {logFile}: DaemonFlags): Promise<Logger> {
	try {
		return await createLogger({
			name: `sterna-${role}`,
			host: hostName,
			level: log.level,
			...(logFile === undefined ? {} : {file: logFile}),
		});
	} catch (error) {
		throw fileError(`the log ${logFile} cannot be written`, error, role);
	}
}

async function serve({start}: DaemonOptions, context: DaemonContext): Promise<void> {
	const {log, stopping} = context;
	const daemon = await start(context);
	await notifySystemd('READY=1', {log});
	log.info('ready');
	if (!stopping.aborted) {
		const {promise, resolve} = Promise.withResolvers<void>();
		stopping.addEventListener('abort', () => resolve(), {once: true});
		await promise;
	}

	const deadline = setTimeout(() => {
		log.error({deadlineMs: STOP_DEADLINE_MS}, 'the daemon did not stop in time');
		endProcess(EXIT_INTERNAL);
	}, STOP_DEADLINE_MS);
	await notifySystemd('STOPPING=1', {log});
	await daemon.stop();
	clearTimeout(deadline);
	log.info('stopped');
}

/** Two senders on one state directory would each think themselves alone. */
function lockState(directories: Directories, role: DaemonRole): FileLock {
	const file = path.join(directories.state, `sterna-${role}.lock`);
	let lock;
	try {
		lock = FileLock.tryAcquire(file, `sterna-${role}`);
	} catch (error) {
		throw fileError(`the lock ${file} cannot be taken`, error, role);
	}

	if (lock instanceof FileLock) return lock;
	throw hostError(
		'ERR_CONFIG',
		`another sterna-${role}${lock.pid === undefined ? '' : ` (process ${lock.pid})`} uses ${directories.state} already`,
		{side: role},
	);
}

function listenForSignals(role: DaemonRole, log: Logger): AbortSignal {
	const stopping = new AbortController();
	for (const signal of ['SIGTERM', 'SIGINT'] as const) {
		process.on(signal, () => {
			if (stopping.signal.aborted) {
				log.warn({signal}, 'told to stop again: not waiting any longer');
				endProcess(1);
			}

			log.info({signal}, 'stopping');
			stopping.abort(hostError('ERR_DAEMON_STOPPING', `sterna-${role} was told to stop`, {side: role}));
		});
	}

	return stopping.signal;
}

/** Certificates are renewed while a daemon runs; a migration under way keeps what it began with. */
function listenForReload(log: Logger): DaemonContext['onReload'] {
	const rereads: Array<() => void> = [];
	process.on('SIGHUP', () => {
		try {
			for (const reread of rereads) reread();
			log.info({what: rereads.length > 0 ? 'certificates' : 'nothing'}, 'told to read again');
		} catch (error) {
			log.error({err: error}, 'what was to be read again is wrong: the old goes on to hold');
		}
	});
	return reread => {
		rereads.push(reread);
	};
}

/** After an error that nobody expected nothing is known to be right: the journal is what a new process goes on from. */
function catchTheUncaught(log: Logger): void {
	for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
		process.on(event, (error: unknown) => {
			log.fatal({err: error, event}, 'unexpected error: the daemon ends');
			endProcess(EXIT_INTERNAL);
		});
	}
}

async function reportCorruptRecords(registry: DomainRegistry, log: Logger): Promise<void> {
	const {corrupt} = await registry.list();
	for (const {domain, error} of corrupt)
		log.error({domain, err: error}, 'the record of a domain cannot be read: it is left as it is and the domain is not managed');
}
