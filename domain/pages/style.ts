/** The look of the page: one sign that hangs from a nail, on phones as on desks, in light and in dark. */
export const STYLE = `
:root{color-scheme:light dark;--wall:#f3efe8;--light:#fbf9f5;--sign:#fff;--edge:#e2dacd;--words:#2b2722;--soft:#6f675c;--link:#8a4b12;--string:#b7ac9b;--shade:rgba(74,58,36,.16)}
@media (prefers-color-scheme:dark){:root{--wall:#15171c;--light:#1c1f26;--sign:#23272f;--edge:#343a45;--words:#eceae6;--soft:#a3a6ad;--link:#f0b37a;--string:#4b525f;--shade:rgba(0,0,0,.5)}}
*{box-sizing:border-box}
html{height:100%;-webkit-text-size-adjust:100%}
body{margin:0;min-height:100%;min-height:100svh;display:grid;place-items:center;padding:1.5rem;background:var(--wall) radial-gradient(80rem 50rem at 50% 0,var(--light),transparent) no-repeat;color:var(--words);font:1.0625rem/1.6 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
.door{width:100%;max-width:34rem;display:grid;justify-items:center}
.nail{display:block;width:min(15rem,60%);height:auto;color:var(--string)}
.nail circle{fill:var(--soft)}
main{position:relative;width:100%;background:var(--sign);border:1px solid var(--edge);border-radius:1.25rem;box-shadow:0 1.5rem 3rem -1.25rem var(--shade),0 .25rem .75rem -.25rem var(--shade);padding:clamp(1.75rem,7vw,3rem) clamp(1.375rem,7vw,3rem);text-align:center}
h1{margin:0;font-size:clamp(1.75rem,7.5vw,2.5rem);line-height:1.2;font-weight:680;letter-spacing:-.015em;text-wrap:balance}
p{margin:1rem 0 0;text-wrap:pretty}
main.long p:not(.ask){text-align:start}
h1,p{overflow-wrap:anywhere;hyphens:auto}
.ask{margin-top:1.75rem;padding-top:1.25rem;border-top:1px solid var(--edge)}
a{color:var(--link);font-weight:600;text-underline-offset:.2em;text-decoration-thickness:.08em}
a:focus-visible{outline:3px solid var(--link);outline-offset:4px;border-radius:.25rem}
.site{margin-top:1.5rem;color:var(--soft);font-size:.875rem;text-align:center}
@media (max-height:30rem){.nail{display:none}}
`
  .trim()
  .replaceAll('\n', '');
