import test from 'ava';
import {judgeSender, judgeStandbys, judgeWayBack} from '../../src/doctor/judge-receiver.ts';

const ASKED = {asker: 'host-a', host: 'host-b'};

test('a host that is not known back, not reached, or somebody else is told with what to configure', t => {
	t.like(judgeWayBack({...ASKED, wayBack: {peer: 'host-a'}}), {state: 'ok', fix: ''});
	const unknown = judgeWayBack({...ASKED, wayBack: undefined});
	t.is(unknown.state, 'warning');
	t.regex(unknown.fix, /\[hosts\.host-a\] to the configuration of host-b/);
	const silent = judgeWayBack({...ASKED, wayBack: {error: 'connect ECONNREFUSED'}});
	t.regex(silent.detail, /ECONNREFUSED/);
	t.regex(silent.fix, /migrate-ctl doctor host-a, on host-b/);
	const other = judgeWayBack({...ASKED, wayBack: {peer: 'host-c'}});
	t.regex(other.detail, /has as host-a calls itself host-c/);
	t.regex(other.fix, /hosts\.host-a on host-b/);
	t.deepEqual(
		[unknown, silent, other].map(({state}) => state),
		['warning', 'warning', 'warning'],
	);
});

test('standbys without a source are told one by one, those with one are not', t => {
	const standby = (domain: string, phase: string): Parameters<typeof judgeStandbys>[0][number] => ({domain, peer: 'host-a', phase});
	t.like(judgeStandbys([]), {length: 1, 0: {state: 'ok'}});
	t.like(judgeStandbys([standby('dom1', 'protected'), standby('dom2', 'starting')]), {length: 1, 0: {state: 'ok'}});
	const found = judgeStandbys([standby('dom1', 'holding'), standby('dom2', 'protected'), standby('dom3', 'failed')]);
	t.deepEqual(
		found.map(({state}) => state),
		['warning', 'warning'],
	);
	t.regex(found[0]?.fix ?? '', /migrate-ctl failover dom1/);
	t.regex(found[1]?.fix ?? '', /migrate-ctl resolve dom3 --force destroy-here/);
});

test('a sender that is down keeps guests from being moved on, not from coming in', t => {
	t.like(judgeSender({host: 'host-b', silent: undefined}), {state: 'ok', fix: ''});
	const down = judgeSender({
		host: 'host-b',
		silent: {role: 'sender', error: 'connect ENOENT', listens: false, lastLines: 'stopped'},
	});
	t.is(down.state, 'warning');
	t.regex(down.detail, /ENOENT; its log ends with: stopped/);
	t.regex(down.fix, /systemctl start sterna-sender.*\(on host-b\)/);
});
