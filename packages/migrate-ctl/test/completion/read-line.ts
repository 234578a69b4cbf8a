import test from 'ava';
import {readLine, type Wanted} from '../../src/completion/read-line.ts';
import {createProgram} from '../../src/program.ts';
import {unopenedCli} from '../helpers/unopened.ts';

const program = createProgram(unopenedCli());

/** What is wanted at the end of a line whose words have no blanks. */
const wantedAt = (line: string): Wanted => readLine(program, line.split(' ')).wanted;

/** The same in short: `argument domain of start`. */
function inShort(line: string): string {
	const wanted = wantedAt(line);
	switch (wanted.what) {
		case 'nothing':
			return 'nothing';
		case 'command':
		case 'option':
			return `${wanted.what} of ${wanted.of.name()}`;
		case 'value':
			return `${wanted.prefix}<${wanted.of.name()}> "${wanted.text}"`;
	}
}

test('a name of a command is wanted where none is there yet, and below a group', t => {
	t.is(inShort(''), 'command of migrate-ctl');
	t.is(inShort('sta'), 'command of migrate-ctl');
	t.is(inShort('domain '), 'command of domain');
	t.is(inShort('help '), 'command of migrate-ctl');
	t.is(inShort('help domain '), 'command of domain');
});

test('arguments are wanted in their order, whatever options are between, and the last one again where there may be more', t => {
	t.is(inShort('start '), '<domain> ""');
	t.is(inShort('start --json do'), '<domain> "do"');
	t.is(inShort('start dom1 --channels 4 ho'), '<host> "ho"');
	t.is(inShort('start dom1 host-b '), 'nothing');
	t.is(inShort('domain show '), '<name> ""');
	t.is(inShort('set dom1 bandwidth=none pol'), '<settings> "pol"');
	t.is(inShort('set dom1 a=b c=d '), '<settings> ""');
});

test('the value of an option is wanted behind it, in its own word or in the next one', t => {
	t.is(inShort('start --stream '), '<stream> ""');
	t.is(inShort('start --stream=x'), '--stream=<stream> "x"');
	t.is(inShort('start dom1 --on-stall ad'), '<on-stall> "ad"');
	t.is(inShort('start --tee -'), '<tee> "-"');
	t.is(inShort('--config '), '<config> ""');
	t.is(inShort('start --run-dir='), '--run-dir=<run-dir> ""');
	// The value may be left out.
	t.is(inShort('start --forecast '), '<forecast> ""');
	t.is(inShort('start --forecast --'), 'option of start');
	t.is(inShort('start --forecast --json dom1 '), '<host> ""');
	// A switch has none.
	t.is(inShort('start --json='), 'nothing');
	t.is(inShort('start --json '), '<domain> ""');
});

test('behind -- there are no options', t => {
	t.is(inShort('start --'), 'option of start');
	t.is(inShort('start -- --'), '<domain> "--"');
	t.is(inShort('stream verify -- -'), '<file> "-"');
});

test('a line that makes no sense wants nothing, or what comes next all the same', t => {
	t.is(inShort('strat '), 'nothing');
	t.is(inShort('strat dom1 '), 'nothing');
	t.is(inShort('start --no-such-thing '), '<domain> ""');
	t.is(inShort('start --no-such-thing='), 'nothing');
	t.is(readLine(program, []).wanted.what, 'command');
});

test('which daemons are meant is read off the line, before a command and behind it', t => {
	const globals = (line: string): object => readLine(program, line.split(' ')).globals;
	t.deepEqual(globals('start do'), {});
	t.deepEqual(globals('--config a.toml start --run-dir=/run/b do'), {config: 'a.toml', runDir: '/run/b'});
	t.deepEqual(globals('start --socket s.sock do'), {socket: 's.sock'});
	// It is not whole yet.
	t.deepEqual(globals('start --config a.toml'), {});
});
