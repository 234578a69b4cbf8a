/** The style sheet of a page: light and dark by the reader's choice, in print without grounds; no font or picture from elsewhere. */
export const STYLE = `
:root{color-scheme:light dark;--ground:#f6f7f9;--card:#fff;--ink:#1a202c;--soft:#566072;--line:#e1e5ec;--good:#15784f;--warning:#93600a;--bad:#b3261e;
--c1:#2563b8;--c2:#c2571a;--c3:#15784f;--c4:#8b94a5;--d1:#2563b8;--d2:#4f9bd8;--d3:#15784f;--d4:#6cae3e;--d5:#b98a12;--d6:#c2571a;--d7:#a23b72;--d8:#6b5bb5;
--p-precopy:#2563b8;--p-switch:#c2571a;--p-other:#8b94a5;--code:#eef1f6}
@media(prefers-color-scheme:dark){:root{--ground:#12151b;--card:#1b2029;--ink:#e6eaf1;--soft:#a0aabb;--line:#303745;--good:#5cc495;--warning:#e0b050;--bad:#ff8a80;
--c1:#6ea8f2;--c2:#f09a5f;--c3:#5cc495;--c4:#8792a6;--d1:#6ea8f2;--d2:#9cc8ee;--d3:#5cc495;--d4:#a5d67c;--d5:#e0b050;--d6:#f09a5f;--d7:#e08ab5;--d8:#a99bf0;
--p-precopy:#6ea8f2;--p-switch:#f09a5f;--p-other:#8792a6;--code:#262d39}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI","DejaVu Sans",Helvetica,Arial,sans-serif}
main{max-width:1080px;margin:0 auto;padding:28px 20px 40px}
h1{text-wrap:balance;font-size:25px;line-height:1.25;margin:6px 0 4px;overflow-wrap:anywhere}h2{font-size:16px;margin:0 0 8px}
p{margin:0 0 7px;overflow-wrap:anywhere}
.badge{display:inline-block;font-size:13px;font-weight:600;padding:1px 10px;border-radius:99px;border:1px solid currentColor}
.good{color:var(--good)}.warning{color:var(--warning)}.bad{color:var(--bad)}.soft{color:var(--soft)}
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(128px,1fr));gap:1px;background:var(--card);border:1px solid var(--line);border-radius:10px;overflow:hidden;margin:18px 0}
.figures div{box-shadow:0 0 0 1px var(--line);padding:10px 14px}.figures dt{font-size:12.5px;color:var(--soft)}.figures dd{margin:0;font-size:19px;font-weight:600;overflow-wrap:anywhere}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,430px),1fr));gap:16px}
.card{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:16px 18px;margin:0 0 16px;min-width:0}.cards .card{margin:0}.cards{margin-bottom:16px}
code,pre{font:13px/1.5 ui-monospace,"DejaVu Sans Mono",Menlo,Consolas,monospace}
pre{background:var(--code);padding:7px 10px;border-radius:6px;margin:2px 0 10px;white-space:pre-wrap;overflow-wrap:anywhere}
svg{display:block;width:100%;height:auto;font-family:inherit}
figure{margin:0 0 18px;overflow-x:auto}figure>svg{min-width:660px}figcaption{display:flex;flex-wrap:wrap;gap:4px 18px;align-items:baseline;font-weight:600;font-size:14px}
.legend{font-weight:400;font-size:13px;color:var(--soft);display:inline-flex;align-items:center;gap:6px}p .legend{margin-right:18px}.legend svg,.key{display:inline-block;width:18px;height:10px;flex:none}.key{width:10px;margin-right:4px}
.grid{stroke:var(--line)}.axis{stroke:var(--soft)}.tick{font-size:12px;fill:var(--soft)}
.curve{fill:none;stroke-width:1.8;stroke-linejoin:round}.dashes{stroke-dasharray:6 4}.fill{opacity:.14}
.c1{stroke:var(--c1)}.c2{stroke:var(--c2)}.c3{stroke:var(--c3)}.c4{stroke:var(--c4)}.fill,.dot{stroke:none}.fill.c1,.dot.c1{fill:var(--c1)}.fill.c2,.dot.c2{fill:var(--c2)}.fill.c3,.dot.c3{fill:var(--c3)}.fill.c4,.dot.c4{fill:var(--c4)}
.phase{opacity:.07;fill:var(--p-other)}.p-precopy{fill:var(--p-precopy)}.p-stop-and-copy,.p-handover{fill:var(--p-switch);opacity:.2}.p-prepare{opacity:.14}.p-reconnecting{fill:var(--bad);opacity:.12}.phase-name{font-size:11.5px;fill:var(--soft)}
.mark line{stroke-width:1.6}.lost line,.error line{stroke:var(--bad)}.error line{stroke-dasharray:2 3}.made line{stroke:var(--good);stroke-dasharray:5 3}.command line{stroke:var(--d8)}.switch line{stroke:var(--c2)}
.d1{fill:var(--d1)}.d2{fill:var(--d2)}.d3{fill:var(--d3)}.d4{fill:var(--d4)}.d5{fill:var(--d5)}.d6{fill:var(--d6)}.d7{fill:var(--d7)}.d8{fill:var(--d8)}.on-bar{font-size:13px;fill:var(--card);font-weight:600}
.bar{margin-bottom:12px}
table{border-collapse:collapse;width:100%;font-size:13.5px}caption{text-align:left;color:var(--soft);font-size:12.5px;padding-bottom:4px}
th,td{text-align:left;padding:3px 12px 3px 0;vertical-align:top;border-top:1px solid var(--line);overflow-wrap:anywhere}thead th{border-top:0;color:var(--soft);font-weight:500}tbody th{font-weight:500}
.number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}.when{white-space:nowrap;font-variant-numeric:tabular-nums;color:var(--soft);width:1%}.who{white-space:nowrap;width:1%}
.parts{max-width:420px}.scroll{overflow-x:auto}
summary{cursor:pointer;color:var(--soft);font-size:13.5px}details[open] summary{margin-bottom:8px}
.error-text{border-left:3px solid var(--bad);padding-left:12px;margin:0 0 12px}.error-text p{margin:0}
footer{color:var(--soft);font-size:13px;margin-top:20px}
@media print{figure>svg{min-width:0}:root{--ground:#fff;--card:#fff}body{font-size:12px}.card,figure{break-inside:avoid}main{padding:0;max-width:none}details:not([open]){display:none}}
`;
