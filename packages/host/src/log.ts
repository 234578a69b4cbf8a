import {destination, pino, stdSerializers, type Logger as PinoLogger} from 'pino';

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** A logger, or a child of one with fields of its own: `log.child({migration: id, domain: name})`. */
export type Logger = PinoLogger;

export type LogOptions = {
	/** The program: `sterna-sender`. */
	readonly name: string;
	/** Name of this host. */
	readonly host: string;
	readonly level: LogLevel;
	/** Where to: a file, appended to; otherwise stderr. */
	readonly file?: string;
	/** Whether lines are for people; by default only where stderr is a terminal. */
	readonly pretty?: boolean;
};

/** A logger of JSON lines, written before the call returns: what is logged before a crash is in the log. */
export async function createLogger({
	name,
	host,
	level,
	file,
	pretty = file === undefined && process.stderr.isTTY,
}: LogOptions): Promise<Logger> {
	const options = {
		name,
		level,
		// pid and the kernel's host name are what a collector adds; the name that the operator knows is ours to say.
		base: {host},
		timestamp: () => `,"time":"${new Date().toISOString()}"`,
		serializers: {err: stdSerializers.err, error: stdSerializers.err, cause: stdSerializers.err},
		formatters: {level: (label: string) => ({level: label})},
	};
	if (pretty) {
		const {default: prettyStream} = await import('pino-pretty');
		return pino(options, prettyStream({destination: file ?? 2, sync: true, ignore: 'name,host', translateTime: 'SYS:HH:MM:ss.l'}));
	}

	return pino(options, destination({dest: file ?? 2, sync: true, append: true, mkdir: false}));
}
