#include "report/page.h"

#include "version.h"

#include <string.h>

/* clang-format off */
#define STYLE \
    ":root{color-scheme:light dark;--bg:#fff;--fg:#1b1f24;--soft:#f3f5f7;--line:#c3cad1;" \
    "--dim:#4d5763;--link:#0550ae;--bad:#a40e26;--warn:#7a4a00;--good:#116329;--mark:#0b62b8}" \
    "@media(prefers-color-scheme:dark){:root{--bg:#12161b;--fg:#e8ecf0;--soft:#1d232a;" \
    "--line:#414b56;--dim:#a9b4bf;--link:#79b8ff;--bad:#ff9a9f;--warn:#f0c060;--good:#7ee29a;" \
    "--mark:#79b8ff}}" \
    "*{box-sizing:border-box}body{margin:0 auto;max-width:78rem;padding:1rem;background:var(--bg);" \
    "color:var(--fg);font:1rem/1.5 system-ui,sans-serif;overflow-wrap:anywhere}" \
    "a{color:var(--link)}a:focus-visible,button:focus-visible,input:focus-visible,select:focus-visible," \
    ".wide:focus-visible{outline:3px solid var(--mark);outline-offset:2px}" \
    "h1{font-size:1.6rem;line-height:1.25;margin:.5rem 0}h2{font-size:1.25rem;margin:2rem 0 .5rem}h3{font-size:1.05rem;margin:0}" \
    ".dim{color:var(--dim)}.tiles{display:flex;flex-wrap:wrap;gap:.75rem;padding:0;margin:1rem 0;" \
    "list-style:none}.tiles li{background:var(--soft);border:1px solid var(--line);" \
    "border-radius:.5rem;padding:.6rem 1rem;min-width:8rem}.tiles b{display:block;font-size:1.7rem;" \
    "line-height:1.2}.wide{overflow-x:auto}table{border-collapse:collapse;font-variant-numeric:" \
    "tabular-nums}th,td{text-align:left;padding:.25rem .75rem .25rem 0;border-bottom:1px solid " \
    "var(--line);vertical-align:top;overflow-wrap:normal}th button{font:inherit;font-weight:700;" \
    "color:inherit;background:none;border:0;padding:0;cursor:pointer;text-decoration:underline dotted}" \
    "table{margin:.5rem 0 1.25rem}caption{text-align:left}th .dim{font-weight:400}.n{text-align:right}.ok{color:var(--good)}.failed{color:var(--bad);font-weight:700}" \
    ".skipped{color:var(--warn)}.card{border:1px solid var(--line);border-radius:.5rem;padding:1rem;" \
    "margin:1rem 0;break-inside:avoid}.card dl,.pairs{display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;margin:" \
    ".4rem 0}.card dt,.pairs dt{color:var(--dim);display:inline}.card dd,.pairs dd{display:inline;margin:0 0 0 .35rem}" \
    ".planes{display:flex;flex-wrap:wrap;gap:.5rem}.plane{margin:0;position:relative;width:288px}" \
    ".plane img{display:block;width:288px;height:288px;object-fit:none;background:#000}" \
    ".plane i{position:absolute;color:#fff;font:600 .8rem/1 system-ui,sans-serif;" \
    "text-shadow:0 0 3px #000,0 0 3px #000,0 0 2px #000}.l{left:5px;top:138px}.r{right:5px;top:138px}" \
    ".t{top:5px;left:0;right:0;text-align:center}.b{top:270px;left:0;right:0;text-align:center}" \
    ".plane svg{position:absolute;left:0;top:244px}.plane figcaption{color:var(--dim);font-size:.85rem}" \
    ".p0 img{object-position:0 0}.p1 img{object-position:-288px 0}.p2 img{object-position:-576px 0}" \
    ".key svg{vertical-align:-.15rem;margin-left:.6rem}.filter{display:flex;flex-wrap:wrap;gap:1rem;" \
    "margin:1rem 0}input,select{font:inherit;padding:.3rem .5rem;color:inherit;background:var(--bg);" \
    "border:1px solid var(--dim);border-radius:.3rem;max-width:100%}svg .axis{stroke:var(--dim)}" \
    "svg .bar,svg .box{fill:var(--mark)}svg .box{fill-opacity:.25;stroke:var(--mark)}svg .out{fill:" \
    "var(--bad)}svg .gone{fill:var(--dim)}svg .part{fill:var(--warn)}svg text{fill:var(--fg);font:12px " \
    "system-ui,sans-serif}svg .here{fill:var(--line)}.map text{font-size:11px}nav a{margin-right:1rem}.ok,.skipped,.failed{white-space:nowrap}.why td:last-child{min-width:18rem}.ids td:first-child,.why td:nth-child(3){white-space:nowrap}footer{margin:3rem 0 1rem;color:var(--dim)}" \
    "figure{margin:1rem 0}.js{display:none}@page{margin:12mm}@media print{html{font-size:11px}body{max-width:none;padding:0}.wide{overflow:visible}.planes{zoom:.58}.filter,.js{display:none!" \
    "important}.plane img,.key svg{print-color-adjust:exact;-webkit-print-color-adjust:exact}a{color:inherit}}"

#define SCRIPT \
    "document.querySelectorAll('.js').forEach(e=>e.classList.remove('js'));" \
    "document.querySelectorAll('table.sort').forEach(t=>{const hs=[...t.tHead.rows[0].cells];" \
    "hs.forEach((h,i)=>{const b=document.createElement('button');b.type='button';" \
    "b.textContent=h.textContent;h.textContent='';h.append(b);b.onclick=()=>{" \
    "const up=h.getAttribute('aria-sort')!=='ascending';hs.forEach(x=>x.removeAttribute('aria-sort'));" \
    "h.setAttribute('aria-sort',up?'ascending':'descending');const body=t.tBodies[0];" \
    "const rows=[...body.rows].map(r=>[r.cells[i].textContent,r]);" \
    "rows.sort((a,b)=>a[0].localeCompare(b[0],'en',{numeric:true})*(up?1:-1));" \
    "body.append(...rows.map(r=>r[1]))}})});" \
    "const f=document.getElementById('filter'),s=document.getElementById('state');" \
    "if(f){const body=document.querySelector('#filtered').tBodies[0],n=document.getElementById('shown');" \
    "const say=k=>{n.textContent=k+' of '+body.rows.length+' shown'};let rows=null;" \
    "const go=()=>{rows=rows||[...body.rows].map(r=>[r,r.textContent.toLowerCase(),r.dataset.state||'']);" \
    "const w=f.value.toLowerCase().split(/\\s+/).filter(Boolean);let k=0;" \
    "rows.forEach(([r,t,st])=>{const on=w.every(x=>t.includes(x))&&(!s||!s.value||st.split(' ').includes(s.value));" \
    "if(r.hidden===on)r.hidden=!on;k+=on});say(k)};" \
    "f.oninput=go;if(s)s.onchange=go;f.value?go():say(body.rows.length)}"
/* clang-format on */

void page_begin(struct html *h, const char *title)
{
    html_put(h,
             "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
             "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
             "img-src 'self' file: data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'; "
             "base-uri 'none'; form-action 'none'\">\n"
             "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
             "<link rel=\"icon\" href=\"data:,\">\n<title>{}</title>\n",
             title);
    html_put(h, "<style>" STYLE "</style>\n</head>\n<body>\n<main>\n");
}

void page_end(struct html *h)
{
    html_put(h,
             "</main>\n<footer>Made by radmill {}. Nothing here is loaded from anywhere "
             "else.</footer>\n",
             RADMILL_VERSION);
}

void page_script(struct html *h)
{
    html_put(h, "<script>" SCRIPT "</script>\n");
}

void page_state(struct html *h, const char *state)
{
    const char *mark = strcmp(state, "ok") == 0       ? "\xe2\x9c\x93"
                       : strcmp(state, "failed") == 0 ? "\xe2\x9c\x97"
                                                      : "\xe2\x80\x93";
    html_put(h, "<span class=\"{}\">{} {}</span>", state, mark, state);
}
