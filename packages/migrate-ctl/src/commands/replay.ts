import {InvalidArgumentError} from 'commander';
import {isBuiltInPolicy} from '@sterna/host/policies';
import type {Limits} from '@sterna/sender/simulation';
import type {Command} from '../command.ts';
import {argumentOf} from '../completion/word-kind.ts';
import {bandwidthArgument, channelsArgument} from '../arguments.ts';
import {type Cli, globalsOf, print, printJson} from '../cli.ts';
import {addExamples, addText} from '../help.ts';
import {addLimitsOptions, type LimitsOptions} from '../limits-options.ts';
import {styleOf} from '../render/style.ts';
import {renderReplay, replayJson, STATED_ERROR} from '../render/replay.ts';
import type {ReplayChanges} from '../replay/replay.ts';
import {findRecord} from '../report/find-record.ts';

type ReplayOptions = LimitsOptions & {readonly bandwidth?: number; readonly channels?: number; readonly json?: true};

export function addReplayCommand(program: Command, cli: Cli): void {
	const command = addLimitsOptions(program.command('replay'))
		.summary('what a migration would have been with other limits')
		.description(
			'Plays a recorded migration again, with what its guest wrote, through the policies and the engine themselves over a simulated link, as it was and with other limits, and says what would have happened. Nothing is moved.',
		)
		.addArgument(argumentOf('recording', '<id>', 'the id of a migration, the name of its domain (its latest), or the file of a recording'))
		.option('--bandwidth <rate>', 'most that it sends, like 200MB/s, or none', bandwidthArgument)
		.option('--channels <n>', 'data connections', channelsArgument)
		.option('--json', 'one JSON object')
		.action(async (id: string, options: ReplayOptions, self: Command) => {
			const changes = checked(self, () => changesOf(options));
			const {record} = await findRecord(cli, globalsOf(self), id);
			// The engine is not what other commands wait for.
			const {replay} = await import('../replay/replay.ts');
			const played = await replay(record, changes);
			if (options.json === true) printJson(cli, replayJson(record, played));
			else print(cli, renderReplay(record, played, styleOf(cli.io.stdout)));
		});
	addExamples(command, [
		['migrate-ctl replay dom1 --bandwidth 1Gb/s', 'the latest migration of dom1, over a slower link'],
		['migrate-ctl replay dom1 --max-downtime 50ms --max-iterations 30', 'had it waited for a short downtime'],
		['migrate-ctl replay m-7f3a.jsonl --policy deadline --deadline 10s', 'from a file, on any host'],
	]);
	addText(command, 'How far it is off', STATED_ERROR);
}

/** What cannot be is a mistake of the command line, as where commander finds it. */
function checked<Value>(self: Command, read: () => Value): Value {
	try {
		return read();
	} catch (error) {
		if (error instanceof InvalidArgumentError) self.error(`error: ${error.message}`, {exitCode: error.exitCode, code: error.code});
		throw error;
	}
}

function changesOf({bandwidth, channels, ...options}: ReplayOptions): ReplayChanges {
	const given: Partial<Limits> = {
		...(options.maxIterations === undefined ? {} : {maxIterations: options.maxIterations}),
		...(options.dirtyThreshold === undefined ? {} : {dirtyThresholdPages: options.dirtyThreshold}),
		...(options.maxDowntime === undefined ? {} : {maxDowntimeMs: options.maxDowntime || undefined}),
		...(options.deadline === undefined ? {} : {deadlineMs: options.deadline || undefined}),
		...(options.onDeadline === undefined ? {} : {onDeadline: onDeadlineOf(options.onDeadline)}),
		...(options.onStall === undefined ? {} : {onStall: options.onStall}),
		...(options.policy === undefined ? {} : {use: policiesOf(options.policy)}),
	};
	return {bandwidthBytesPerSecond: bandwidth, channels, limits: Object.keys(given).length === 0 ? undefined : given};
}

function onDeadlineOf(choice: NonNullable<LimitsOptions['onDeadline']>): Limits['onDeadline'] {
	if (choice === 'postcopy') throw new InvalidArgumentError('There is no postcopy: --on-deadline takes stop-and-copy or abort.');
	return choice;
}

/** The daemon's own modules are not here. */
function policiesOf(list: string): readonly string[] {
	const names = list.split(',').map(name => name.trim());
	const unknown = names.filter(name => !isBuiltInPolicy(name));
	if (unknown.length > 0) throw new InvalidArgumentError(`Only built-in policies are played again, and ${unknown.join(', ')} is none.`);
	return names;
}
