import {InvalidArgumentError} from 'commander';
import type {PolicyLimits, SetRequest} from '@sterna/protocol/control';
import {bandwidthArgument, countArgument, durationArgument, positiveCountArgument} from './arguments.ts';

type Setting = {
	readonly key: string;
	/** For the help. */
	readonly meaning: string;
	/** What its value can be, where that is one of a few. */
	readonly choices?: readonly string[];
	/** Of the daemon, too. */
	readonly ofDaemon: boolean;
	/** Reads the value and says where in the request it goes. Throws InvalidArgumentError. */
	readonly read: (text: string) => Omit<SetRequest, 'id'>;
};

const limit = (limits: PolicyLimits): Omit<SetRequest, 'id'> => ({limits});

const ON_DEADLINE = ['stop-and-copy', 'abort', 'postcopy'] as const;
const ON_STALL = ['advise', 'stop-and-copy', 'abort'] as const;

/** What `set` can set. */
export const SETTINGS: readonly Setting[] = [
	{
		key: 'bandwidth',
		meaning: 'most that it sends over all its data connections, like 200MB/s; none lifts it',
		ofDaemon: true,
		read: text => ({bandwidthBytesPerSecond: bandwidthArgument(text)}),
	},
	{
		key: 'max-downtime',
		meaning: 'pause the guest once this is the expected downtime, like 80ms; none: never for that',
		ofDaemon: false,
		read: text => limit({maxDowntimeMs: text === 'none' ? 0 : durationArgument(text)}),
	},
	{
		key: 'max-iterations',
		meaning: 'passes over the memory before the last one',
		ofDaemon: false,
		read: text => limit({maxIterations: positiveCountArgument(text)}),
	},
	{
		key: 'dirty-threshold',
		meaning: 'pages: pause the guest once so few are dirty',
		ofDaemon: false,
		read: text => limit({dirtyThresholdPages: countArgument(text)}),
	},
	{
		key: 'deadline',
		meaning: 'the precopy lasts no longer, from its beginning, like 2m; none: as long as it takes',
		ofDaemon: false,
		read: text => limit({deadlineMs: text === 'none' ? 0 : durationArgument(text)}),
	},
	{
		key: 'on-deadline',
		meaning: 'stop-and-copy or abort',
		// The third is refused by the daemon, which says why; nobody needs to be led there.
		choices: ON_DEADLINE.filter(choice => choice !== 'postcopy'),
		ofDaemon: false,
		read: text => limit({onDeadline: oneOf(text, ON_DEADLINE)}),
	},
	{
		key: 'on-stall',
		meaning: 'advise, stop-and-copy or abort, when some iterations brought the switch no nearer',
		choices: ON_STALL,
		ofDaemon: false,
		read: text => limit({onStall: oneOf(text, ON_STALL)}),
	},
	{
		key: 'policy',
		meaning: 'which are asked, in this order, like xen,stall; default: all that have their limit',
		ofDaemon: false,
		read: text => limit({policy: text === 'default' ? '' : text}),
	},
	{
		key: 'downtime-budget',
		meaning: 'for so long the last pass ignores every limit of bandwidth, like 500ms',
		ofDaemon: false,
		read: text => ({downtimeBudgetMs: durationArgument(text)}),
	},
];

/** The request that texts like `bandwidth=200MB/s` ask for; the last of a key counts. Throws InvalidArgumentError, with the keys that there are. */
export function parseSettings(texts: readonly string[], {ofDaemon}: {readonly ofDaemon: boolean}): Omit<SetRequest, 'id'> {
	const known = SETTINGS.filter(setting => !ofDaemon || setting.ofDaemon);
	const keys = known.map(({key}) => key).join(', ');
	if (texts.length === 0) throw new InvalidArgumentError(`Say what to set, as KEY=VALUE: ${keys}.`);
	const changes = texts.map(text => {
		const at = text.indexOf('=');
		const setting = known.find(({key}) => key === text.slice(0, at));
		if (at < 0) throw new InvalidArgumentError(`"${text}" is not KEY=VALUE; the keys are ${keys}.`);
		if (setting === undefined) {
			const of = ofDaemon ? ' of the daemon' : '';
			throw new InvalidArgumentError(`"${text.slice(0, at)}" cannot be set; the keys${of} are ${keys}.`);
		}

		return readValue(setting, text.slice(at + 1));
	});
	const limits = changes.flatMap(change => (change.limits === undefined ? [] : [change.limits]));
	const merged: Omit<SetRequest, 'id'> = Object.assign({}, ...changes);
	return limits.length === 0 ? merged : {...merged, limits: Object.assign({}, ...limits)};
}

function readValue({key, read}: Setting, text: string): Omit<SetRequest, 'id'> {
	try {
		return read(text);
	} catch (error) {
		if (!(error instanceof InvalidArgumentError)) throw error;
		throw new InvalidArgumentError(`${key}: ${error.message}`);
	}
}

function oneOf<const Choice extends string>(text: string, choices: readonly Choice[]): Choice {
	const choice = choices.find(known => known === text);
	if (choice === undefined) throw new InvalidArgumentError(`It must be one of ${choices.join(', ')}.`);
	return choice;
}
