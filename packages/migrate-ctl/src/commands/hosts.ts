import type {HostInfo, HostsReply} from '@sterna/protocol/control';
import type {Command} from '../command.ts';
import {type Cli, globalsOf, print, printJson} from '../cli.ts';
import {addExamples} from '../help.ts';
import {formatDuration} from '@sterna/host/units';
import type {Role} from '../render/style.ts';
import {styleOf} from '../render/style.ts';
import {type Column, renderTable} from '../render/table.ts';

const COLUMNS: readonly Column<HostInfo>[] = [
	{title: 'HOST', cell: ({name}) => name},
	{title: 'ADDRESS', cell: ({address}) => address},
	{title: 'STATE', cell: ({state}) => state, role: roleOfState},
	{title: 'ROUND TRIP', align: 'right', cell: ({state, roundTripMs}) => (state === 'reachable' ? formatDuration(roundTripMs) : '')},
	{title: 'DETAIL', cell: ({detail}) => detail},
];

export function addHostsCommand(program: Command, cli: Cli): void {
	const command = program
		.command('hosts')
		.summary('list the hosts that domains can be moved to')
		.description('Lists the hosts of the configuration. With --probe each one is asked whether it takes guests.')
		.option('--probe', 'ask each host')
		.option('--json', 'one JSON object')
		.action(async (options: {readonly probe?: true; readonly json?: true}, self: Command) => {
			await using daemon = await cli.open('sender', globalsOf(self));
			const reply: HostsReply = await daemon.hosts(options.probe === true);
			if (options.json === true) printJson(cli, reply);
			else print(cli, renderTable(COLUMNS, reply.hosts, styleOf(cli.io.stdout)));
		});
	addExamples(command, [['migrate-ctl hosts --probe', 'names, addresses, versions and round trips']]);
}

function roleOfState({state}: HostInfo): Role | undefined {
	switch (state) {
		case 'reachable':
			return 'good';
		case 'unreachable':
			return 'bad';
		case 'self':
		case 'not probed':
			return undefined;
	}
}
