import test from 'ava';
import {jsonLines} from '../helpers/cli.ts';
import {ScriptedHost} from '../helpers/scripted-daemon.ts';

test('hosts is a table, with round trips when they are asked for', async t => {
	await using host = await ScriptedHost.listen({
		sender: {
			hosts: async ({probe}) => ({
				kind: 'hosts',
				body: {
					self: 'host-a',
					hosts: [
						{name: 'host-a', address: '127.0.0.1:7440', state: 'self', detail: '', roundTripMs: 0},
						{
							name: 'host-b',
							address: '192.0.2.7:7440',
							state: probe ? 'reachable' : 'not probed',
							detail: probe ? 'sterna-receiver 0.1.0' : '',
							roundTripMs: probe ? 0.42 : 0,
						},
					],
				},
			}),
		},
	});
	const plain = await host.ctl('hosts', '--probe');
	t.is(plain.status, 0);
	t.regex(plain.stdout, /^host-b +192\.0\.2\.7:7440 +reachable +0\.42 ms +sterna-receiver 0\.1\.0$/m);
	const json = await host.ctl('hosts', '--json');
	t.like(jsonLines(json.stdout)[0], {self: 'host-a', hosts: {length: 2, 1: {name: 'host-b', state: 'not probed'}}});
	t.deepEqual(host.sender.bodies('hosts'), [{probe: true}, {probe: false}]);
});
