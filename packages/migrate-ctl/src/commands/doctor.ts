import {OperationError} from '@sterna/protocol';
import type {DoctorReply, Finding} from '@sterna/protocol/control';
import type {Command} from '../command.ts';
import {argumentOf} from '../completion/word-kind.ts';
import {type Cli, type GlobalOptions, globalsOf, print, printJson} from '../cli.ts';
import {exitStatusOf} from '../exit-status.ts';
import {addExamples} from '../help.ts';
import {configOf} from '../open-daemon.ts';
import {countOf, renderFindings} from '../render/findings.ts';
import {styleOf} from '../render/style.ts';

type Options = {readonly verbose?: true; readonly json?: true};

export function addDoctorCommand(program: Command, cli: Cli): void {
	const command = program
		.command('doctor')
		.summary('find what is wrong before anything moves')
		.description(
			'Checks this host, and with HOST that one as well and the way between the two, by the connections that a migration makes. Nothing is moved or changed. Exit status 5 where there is a fault: something that keeps guests from being moved.',
		)
		.addArgument(argumentOf('host', '[host]', 'the host that guests are to be moved to'))
		.option('--verbose', 'show what is well, too')
		.option('--json', 'one JSON object')
		.action(async (host: string | undefined, {verbose, json}: Options, self: Command) => {
			const reply = await examine(cli, globalsOf(self), host ?? '');
			const {findings} = reply;
			const [faults, warnings] = [countOf(findings, 'fault'), countOf(findings, 'warning')];
			if (json === true) printJson(cli, {host: reply.host, faults, warnings, findings});
			else print(cli, renderFindings(findings, {verbose: verbose === true}, styleOf(cli.io.stdout)));
			// A migration would be refused.
			if (faults > 0) cli.setExitStatus(exitStatusOf('ERR_TARGET_REFUSED'));
		});
	addExamples(command, [
		['migrate-ctl doctor host-b', 'can guests be moved to host-b?'],
		['migrate-ctl doctor --verbose', 'everything that is checked of this host'],
		['migrate-ctl doctor host-b --json | jq -r \'.findings[].fix | select(. != "")\'', 'what to do, one line each'],
	]);
}

async function examine(cli: Cli, globals: GlobalOptions, host: string): Promise<Pick<DoctorReply, 'host' | 'findings'>> {
	try {
		await using sender = await cli.open('sender', globals);
		return await sender.doctor(host);
	} catch (error) {
		if (!(error instanceof OperationError && error.code === 'ERR_DAEMON_UNREACHABLE')) throw error;
		return examineWithoutSender(cli, globals, {host, error});
	}
}

/** The sender of this host is down: that, what may keep it from starting, and what the receiver finds. The other host is the sender's to ask. */
async function examineWithoutSender(
	cli: Cli,
	globals: GlobalOptions,
	{host: other, error}: {readonly host: string; readonly error: OperationError},
): Promise<Pick<DoctorReply, 'host' | 'findings'>> {
	// With it come the system calls that commands do without.
	const {checksInPlaceOf, examineAll, findingOf, judgeSilentDaemon, silentDaemonFacts, warning} = await import('@sterna/host/doctor');
	const config = configOf(globals, cli.io);
	const {hostName: host} = config;
	const silent = async (role: 'sender' | 'receiver', cause: unknown): Promise<Finding> =>
		findingOf(judgeSilentDaemon(await silentDaemonFacts(role, cause)), {host, side: role});
	const [ofSender, ofReceiver, inPlace] = await Promise.all([
		silent('sender', error),
		findingsOfReceiver(cli, globals).catch(async (cause: unknown) => [await silent('receiver', cause)]),
		examineAll(checksInPlaceOf(config)),
	]);
	const unasked = warning(
		'connection',
		`${other} was not asked: the sender of ${host} does that`,
		`systemctl start sterna-sender; migrate-ctl doctor ${other}`,
	);
	return {
		host,
		findings: [
			ofSender,
			...(other === '' || other === host ? [] : [findingOf(unasked, {host, side: 'sender'})]),
			...inPlace.map(judgement => findingOf(judgement, {host, side: 'sender'})),
			...ofReceiver,
		],
	};
}

async function findingsOfReceiver(cli: Cli, globals: GlobalOptions): Promise<readonly Finding[]> {
	await using receiver = await cli.open('receiver', globals);
	return (await receiver.examineOwnHost()).findings;
}
