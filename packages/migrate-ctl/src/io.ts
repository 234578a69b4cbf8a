import type {Readable} from 'node:stream';

/** What ends or interrupts a waiting command. */
export type Interrupt = 'SIGINT' | 'SIGTERM' | 'SIGHUP';

/** A stream that may be a terminal. */
export type Output = NodeJS.WritableStream & {readonly isTTY?: boolean; readonly columns?: number; readonly rows?: number};

/** What is typed or piped in; it may be a terminal. */
export type Input = Readable & {readonly isTTY?: boolean; readonly setRawMode?: (raw: boolean) => unknown};

/** Everything of the outside that a command touches, other than the daemons. `main.ts` makes it of the process. */
export type CliIo = {
	readonly stdin: Input;
	readonly stdout: Output;
	readonly stderr: Output;
	readonly env: Readonly<Record<string, string | undefined>>;
	/** The folder that relative paths of files are taken from. */
	readonly cwd: string;
	/** Whether the terminal shows characters beyond ASCII. */
	readonly unicode: boolean;
	/** Milliseconds of a clock that never goes back. */
	readonly now: () => number;
	/** Takes the signals that would end the process, until disposed; without a listener they end it. */
	readonly listen: (handler: (signal: Interrupt) => void) => Disposable;
};

/** A terminal that moves its cursor, and has a size: a pseudo-terminal that nobody gave one has 0 by 0. */
export function canRedraw({stdout, env}: Pick<CliIo, 'stdout' | 'env'>): boolean {
	return stdout.isTTY === true && env['TERM'] !== 'dumb' && (stdout.columns ?? 0) > 0 && (stdout.rows ?? 0) > 0;
}
