/** `npm run typecheck`: tsc over every project of the workspace. Exit status 1 when any of them has an error. */
import {runTool} from './run-tool.ts';
import {typescriptProjects} from './workspace.ts';

const projects = typescriptProjects();
const failed: string[] = [];
for (const project of projects) {
	const {status, output} = await runTool('tsc', ['-p', project, '--pretty', 'false']);
	if (status === 0) continue;
	failed.push(project);
	process.stdout.write(output);
}

console.log(failed.length === 0 ? `${projects.length} projects type-check` : `type errors in ${failed.join(', ')}`);
process.exitCode = failed.length === 0 ? 0 : 1;
