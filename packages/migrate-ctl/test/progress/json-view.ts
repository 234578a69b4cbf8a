import test from 'ava';
import {JsonView} from '../../src/progress/json-view.ts';
import {jsonLines} from '../helpers/cli.ts';
import {MIGRATION, result} from '../helpers/frames.ts';
import {Sink} from '../helpers/sink.ts';

test('the last line is the result with exactly the keys that scripts rely on', t => {
	const stdout = new Sink();
	const view = new JsonView({stdout});
	for (const frame of MIGRATION) view.update(frame);
	view.end(result());
	const lines = jsonLines(stdout.text);
	t.is(lines.filter(line => 'migration' in line).length, MIGRATION.length);
	t.deepEqual(lines.at(-1), {
		result: {
			id: 'm-7f3a',
			domain: 'dom1',
			outcome: 'completed',
			runsOn: 'host-b',
			totalMs: 354,
			downtimeMs: 8.21,
			iterations: 4,
			pagesSent: 151_530,
			bytesSent: 621_879_120,
			zeroPages: null,
			savedBytes: null,
			interruptions: null,
			interruptedMs: null,
			resentBytes: null,
			diskBytesSent: null,
			proof: null,
			repairedPages: null,
			digest: null,
			because: null,
			error: null,
		},
	});
	t.deepEqual(lines.at(-2), {downtime: result().downtimeParts});
});

test('what is not known is null, not left out', t => {
	const stdout = new Sink();
	const view = new JsonView({stdout});
	view.end(result({id: '', domain: '', runsOn: '', downtimeMs: undefined, downtimeParts: undefined}));
	const [line] = jsonLines(stdout.text);
	t.like(line, {result: {id: null, domain: null, runsOn: null, downtimeMs: null, error: null}});
});

test('an error in the result has every field of a fault', t => {
	const stdout = new Sink();
	new JsonView({stdout}).end(
		result({
			outcome: 'failed',
			runsOn: 'host-a',
			error: {
				code: 'ERR_CONNECTION_LOST',
				message: 'cut',
				side: 'sender',
				phase: 'precopy',
				runsOnHost: 'host-a',
				runsOnKind: 'host',
				next: '',
				causes: ['ECONNRESET'],
			},
		}),
	);
	t.like(jsonLines(stdout.text).at(-1), {
		result: {
			error: {
				code: 'ERR_CONNECTION_LOST',
				message: 'cut',
				side: 'sender',
				phase: 'precopy',
				runsOn: 'host-a',
				next: null,
				causes: ['ECONNRESET'],
			},
		},
	});
});
