import test from 'ava';
import {Command} from '../../src/command.ts';
import {addEntries, addExamples, addText} from '../../src/help.ts';
import {pageOf, pagesOf} from '../../src/manual/page.ts';
import {escapeText, prose} from '../../src/manual/roff.ts';
import {EXIT_STATUSES} from '../../src/exit-status.ts';
import {createProgram} from '../../src/program.ts';
import {commandTree, unopenedCli} from '../helpers/unopened.ts';

const DATE = '2026-11-28';

test('what means something to roff is printed as it is', t => {
	t.is(escapeText('a\\nb'), String.raw`a\enb`);
	t.is(escapeText('--max-downtime'), String.raw`\-\-max\-downtime`);
	t.is(escapeText(`jq '.a | "b"' ~ ^`), String.raw`jq \(aq.a | \(dqb\(dq\(aq \(ti \(ha`);
	t.is(escapeText('{"result":…}'), String.raw`{\(dqresult\(dq:\[u2026]}`);
});

test('no line of prose is a request, wherever it is broken', t => {
	t.is(prose('.SH is no heading'), String.raw`\&.SH is no heading`);
	t.is(prose("'tis"), String.raw`\(aqtis`);
	const words = Array.from({length: 200}, (_, index) => (index % 2 === 0 ? '.SH' : `'${index}`)).join(' ');
	const lines = prose(words).split('\n');
	t.true(lines.length > 10);
	for (const line of lines) {
		t.notRegex(line, /^[.']/);
		t.true(line.length <= 80, line);
	}
});

test('code and options stand out of prose', t => {
	t.is(prose('as `xl save` does, but for --tee and x--y'), String.raw`as \fBxl save\fR does, but for \fB\-\-tee\fR and x\-\-y`);
});

test('a page says what the help says, in the order of manuals', t => {
	const program = new Command('tool').description('A tool. It does things.');
	const command = program
		.command('do-it')
		.summary('do a thing')
		.description('Does a thing to FILE.')
		.argument('<file>', 'what it is done to')
		.argument('[more...]', 'and more')
		.option('-n, --times <n>', 'so often');
	addExamples(command, [['tool do-it .x', 'once']]);
	addText(command, 'Undoing', 'There is no way back.');
	addEntries(command, 'Exit status', [['0', 'done']]);
	t.is(
		pageOf(command, DATE).text.replace(/"Sterna [\d.]+"/, '"Sterna VERSION"'),
		String.raw`.TH "TOOL\-DO\-IT" "1" "2026-11-28" "Sterna VERSION" "Sterna"
.SH NAME
tool\-do\-it \- do a thing
.SH SYNOPSIS
\fBtool do\-it\fR [\fIoptions\fR] \fIfile\fR [\fImore\fR .\|.\|.]
.SH DESCRIPTION
Does a thing to FILE.
.SH ARGUMENTS
.TP
\fIfile\fR
what it is done to
.TP
\fImore\fR
and more
.SH OPTIONS
.TP
\fB\-n\fR, \fB\-\-times\fR \fIn\fR
so often
.TP
\fB\-h\fR, \fB\-\-help\fR
display help for command
.SH "UNDOING"
There is no way back.
.SH "EXIT STATUS"
.TP
\fB0\fR
done
.SH "EXAMPLES"
once:
.PP
.RS 4
.EX
\fBtool do\-it .x\fR
.EE
.RE
.SH SEE ALSO
.BR "tool" "(1)"
`,
	);
});

test('a page without exit statuses of its own sends on to that of the program, and a group names its pages', t => {
	const program = createProgram(unopenedCli());
	const textOf = (...names: readonly string[]): string =>
		pagesOf(program, DATE).find(({name}) => name === ['migrate-ctl', ...names].join('-'))?.text ?? '';
	t.regex(textOf('start'), /\n\.SH "EXIT STATUS"\nAs of migrate\\-ctl\(1\), which has[^]*\n\.SH "EXAMPLES"\n/);
	t.is(textOf('stream', 'verify').match(/EXIT STATUS/g)?.length, 1);
	t.true(
		textOf('stream', 'verify').endsWith(
			String.raw`.SH SEE ALSO
.BR "migrate\-ctl" "(1),"
.BR "migrate\-ctl\-stream" "(1),"
.BR "migrate\-ctl\-stream\-inspect" "(1)"
`,
		),
	);
	t.regex(textOf('stream'), /"migrate\\-ctl\\-stream\\-verify" "\(1\)"\n$/);
});

test('every command has a page but those that are hidden, and no two have one', t => {
	const program = createProgram(unopenedCli());
	const names = pagesOf(program, DATE).map(({name}) => name);
	t.is(new Set(names).size, names.length);
	t.is(names.length, commandTree(program).filter(command => command.name() !== 'complete').length);
	t.false(names.includes('migrate-ctl-complete'));
	for (const name of ['migrate-ctl', 'migrate-ctl-start', 'migrate-ctl-domain', 'migrate-ctl-domain-create'])
		t.true(names.includes(name), name);
});

test('the page of the program has every command, exit status, file and variable of its help', t => {
	const program = createProgram(unopenedCli());
	const {text} = pageOf(program, DATE);
	for (const [status, meaning] of EXIT_STATUSES) {
		const [first = ''] = prose(meaning).split('\n');
		t.true(text.includes(`\n\\fB${status}\\fR\n${first}`), String(status));
	}

	for (const {title} of program.sections) t.true(text.includes(`\n.SH "${title.toUpperCase()}"\n`), title);
	t.regex(text, /\n\\fBSTERNA_CONFIG\\fR\n/);
	t.regex(text, /\n\.SS "Standbys"\n\.TP\n\\fBmigrate\\-ctl protect\\fR\n/);
});
