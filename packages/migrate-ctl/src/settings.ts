import {InvalidArgumentError} from 'commander';
import type {PolicyLimits, SetRequest} from '@sterna/protocol/control';
import {bandwidthArgument, countArgument, durationArgument, positiveCountArgument} from './arguments.ts';

type Setting = {
	readonly key: string;
	/** Of the daemon, too. */
	readonly ofDaemon: boolean;
	/** Reads the value and says where in the request it goes. Throws InvalidArgumentError. */
	readonly read: (text: string) => Omit<SetRequest, 'id'>;
};

const limit = (limits: PolicyLimits): Omit<SetRequest, 'id'> => ({limits});

/** What `set` can set. */
export const SETTINGS: readonly Setting[] = [
	{key: 'bandwidth', ofDaemon: true, read: text => ({bandwidthBytesPerSecond: bandwidthArgument(text)})},
	{key: 'max-downtime', ofDaemon: false, read: text => limit({maxDowntimeMs: text === 'none' ? 0 : durationArgument(text)})},
	{key: 'max-iterations', ofDaemon: false, read: text => limit({maxIterations: positiveCountArgument(text)})},
	{key: 'dirty-threshold', ofDaemon: false, read: text => limit({dirtyThresholdPages: countArgument(text)})},
	{key: 'deadline', ofDaemon: false, read: text => limit({deadlineMs: text === 'none' ? 0 : durationArgument(text)})},
	{key: 'on-deadline', ofDaemon: false, read: text => limit({onDeadline: oneOf(text, ['stop-and-copy', 'abort', 'postcopy'])})},
	{key: 'on-stall', ofDaemon: false, read: text => limit({onStall: oneOf(text, ['advise', 'stop-and-copy', 'abort'])})},
	{key: 'policy', ofDaemon: false, read: text => limit({policy: text === 'default' ? '' : text})},
	{key: 'downtime-budget', ofDaemon: false, read: text => ({downtimeBudgetMs: durationArgument(text)})},
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
