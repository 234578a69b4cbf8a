import {globSync, readFileSync} from 'node:fs';
import test from 'ava';
import {CommanderError} from 'commander';
import {BackChannelDecoder, encodeFault, ERROR_CODES, type ErrorCode, type OperationFault, PHASES} from '@sterna/protocol';
import {decodeServerFrame, encodeServerFrame, faultFromMessage, faultToMessage} from '@sterna/protocol/control';
import {type FaultContext, operationError} from '@sterna/host';
import {statusJson} from '../src/progress/migration-json.ts';
import {faultJson, renderFault} from '../src/render/fault.ts';
import {plainStyle} from '../src/render/style.ts';
import {status} from './helpers/frames.ts';
import {parseOnly} from './helpers/unopened.ts';

const CODES = Object.keys(ERROR_CODES) as ErrorCode[];
const REPOSITORY = new URL('../../../', import.meta.url);

/** Where an error may arise: with and without what its next command could name, and with every place of the guest. */
const CONTEXTS: readonly FaultContext[] = [
	{side: 'sender', phase: 'precopy', runsOn: {kind: 'host', host: 'host-a'}, domain: 'dom1', peer: 'host-b'},
	{side: 'receiver', phase: 'failover', runsOn: {kind: 'nowhere'}, domain: 'dom1'},
	{side: 'migrate-ctl', phase: 'request', runsOn: {kind: 'unknown'}},
];

const cause = (): Error => new Error('connect ECONNREFUSED', {cause: new Error('the cable')});

/** As a daemon reports it, over the control channel to whoever asked it. */
function overControl(code: ErrorCode, context: FaultContext): OperationFault {
	const told = operationError(code, `what happened to ${code}`, context, {cause: cause()});
	const frame = decodeServerFrame(encodeServerFrame({request: 1, last: true, kind: 'fault', body: faultToMessage(told)}));
	if (frame.kind !== 'fault') throw new TypeError(frame.kind);
	return faultFromMessage(frame.body, {side: 'migrate-ctl'}).fault;
}

/** As a receiver reports it on a data connection. */
function overBackChannel(code: ErrorCode, context: FaultContext): OperationFault {
	const [record] = new BackChannelDecoder().push(encodeFault(operationError(code, `what happened to ${code}`, context, {cause: cause()})));
	if (record?.kind !== 'fault') throw new TypeError('no fault');
	return record.error.fault;
}

/** As the end of a migration that somebody watches. */
function asEvent(code: ErrorCode, context: FaultContext): unknown {
	const error = faultToMessage(operationError(code, `what happened to ${code}`, context, {cause: cause()}));
	const body = status({
		phase: 'failed',
		result: {id: 'm1', domain: 'dom1', outcome: 'failed', runsOn: 'host-a', totalMs: 0, iterations: 0, pagesSent: 0, bytesSent: 0, error},
	});
	const frame = decodeServerFrame(encodeServerFrame({request: 1, last: false, kind: 'migration', body}));
	if (frame.kind !== 'migration') throw new TypeError(frame.kind);
	return statusJson(frame.body).result?.error;
}

/** The part of a next command that a shell would run. */
const typed = (next: string): string[] => (next.split(' # ')[0] ?? '').split(' ');

function parses(argv: readonly string[]): string | undefined {
	try {
		parseOnly(argv);
		return undefined;
	} catch (error) {
		if (!(error instanceof CommanderError)) throw error;
		return error.exitCode === 0 ? undefined : error.message;
	}
}

for (const code of CODES) {
	test(`${code} is told whole by everything that tells of it`, t => {
		const {exitStatus, summary} = ERROR_CODES[code];
		t.true(exitStatus > 0);
		t.regex(summary, /^\S.*[^.]$/);
		for (const context of CONTEXTS) {
			const fault = overControl(code, context);
			t.deepEqual(
				{...fault, next: undefined},
				{
					code,
					message: `what happened to ${code}`,
					side: context.side,
					phase: context.phase,
					runsOn: context.runsOn,
					next: undefined,
					causes: [`${context.side}: connect ECONNREFUSED`, `${context.side}: the cable`],
				},
			);
			t.deepEqual(overBackChannel(code, context), fault);
			const json = faultJson(fault);
			t.deepEqual(asEvent(code, context), json);
			t.deepEqual(JSON.parse(JSON.stringify(json)), json);
			for (const [field, value] of Object.entries(json))
				t.true(value === null ? field === 'next' || field === 'runsOn' : value.length > 0, `${code}: ${field}`);

			const text = renderFault(fault, plainStyle);
			t.true(text.startsWith(`error ${code}: what happened to ${code}\n`), text);
			for (const line of [`  phase: ${context.phase}`, `  side: ${context.side}`, `  cause: ${context.side}: the cable`])
				t.true(text.includes(line), text);
			t.regex(text, /\n {2}(?:the guest runs|where the guest runs) /);
			t.regex(text, fault.next === undefined ? /\n {2}next: nothing to type/ : /\n {2}next: [a-z]/);
			if (fault.next?.startsWith('migrate-ctl ')) t.is(parses(typed(fault.next).slice(1)), undefined, fault.next);
		}
	});
}

test('every phase crosses to the other host', t => {
	for (const phase of PHASES) t.is(overControl('ERR_TLS', {side: 'sender', phase, runsOn: {kind: 'unknown'}}).phase, phase);
});

// What the doctor advises is a sentence.
test('every next command in the sources is one that migrate-ctl understands', t => {
	const found = globSync('packages/{sender,receiver,host,transport,domain}/src/**/*.ts', {
		cwd: REPOSITORY,
		exclude: ['**/doctor/**'],
	}).flatMap(file =>
		Array.from(readFileSync(new URL(file, REPOSITORY), 'utf8').matchAll(/([`'])migrate-ctl (.*?)\1[,;)\s}]/g), ([, , words = '']) => ({
			file,
			argv: typed(words.replaceAll(/\$\{[^}]*\}/g, 'x')),
		})),
	);
	t.true(found.length > 40);
	// A command that is itself computed cannot be known here.
	for (const {file, argv} of found.filter(({argv: [command]}) => command !== 'x'))
		t.is(parses(argv), undefined, `${file}: ${argv.join(' ')}`);
});

test('docs/errors.md has every code and no other, each with its causes, the guest and what to do', t => {
	const page = readFileSync(new URL('docs/errors.md', REPOSITORY), 'utf8');
	const [, ...sections] = page.split(/^## /m);
	t.deepEqual(
		sections.map(section => /^\w+/.exec(section)?.[0]),
		CODES,
	);
	for (const section of sections) {
		const [code = ''] = section.split('\n');
		for (const part of ['Usual causes', 'The guest', 'What to do'])
			t.regex(section, new RegExp(String.raw`^- \*\*${part}\.\*\* \S.{10,}$`, 'm'), `${code}: ${part}`);
		for (const [, command = ''] of section.matchAll(/`migrate-ctl ((?:stream |domain )?[a-z]+)/g))
			t.is(parses([...command.split(' '), '--help']), undefined, `${code}: ${command}`);
	}
});
