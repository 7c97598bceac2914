/* How a web page looks, and what stands before its words. */
#include "render/html_parts.h"

#include "base/locale.h"

static const char style[] =
    "body{margin:0;background:#fff;color:var(--ink);"
    "font:1rem/1.5 Lato,\"Helvetica Neue\",Arial,sans-serif}\n"
    "header,main,footer{max-width:43.5rem;margin:0 auto;padding:0 1rem}\n"
    "header{border-top:.9rem solid var(--district);max-width:none;"
    "padding:.5rem max(1rem,calc(50% - 21.75rem))}\n"
    ".logo{float:right;max-width:40%;max-height:3.5rem;width:auto;"
    "margin:.4rem 0 .4rem 1rem}\n"
    "h1{font-size:2rem;line-height:1.2;margin:1rem 0 .5rem}\n"
    "h2{font-size:1.4rem;line-height:1.3;margin:2.2rem 0 .5rem}\n"
    "h3{font-size:1.1rem;margin:1.6rem 0 .3rem}\n"
    "p{margin:.4rem 0}\n"
    ".over,.note,.reading,.below,footer{color:var(--muted);font-size:.88rem}\n"
    ".lead{font-size:1.05rem}\n"
    "a{color:var(--district)}\n"
    "a:focus-visible,.scroll:focus-visible{outline:3px solid var(--own);"
    "outline-offset:2px}\n"
    ".skip{position:absolute;left:-999rem}\n"
    ".skip:focus{left:1rem;top:1rem;background:#fff;padding:.5rem}\n"
    ".menu{list-style:none;margin:.2rem 0;padding:0;display:flex;"
    "flex-wrap:wrap;gap:.2rem 1.2rem}\n"
    ".links{columns:16rem;padding-left:1.2rem}\n"
    ".links li{padding:.15rem 0;break-inside:avoid}\n"
    ".cards{list-style:none;padding:0;display:grid;gap:.8rem;"
    "grid-template-columns:repeat(auto-fill,minmax(min(12rem,"
    "50% - .4rem),1fr))}\n"
    ".cards li{background:var(--panel);border-left:4px solid "
    "var(--district);padding:.6rem .8rem}\n"
    ".cards .own{border-color:var(--own)}\n"
    ".figure{font-size:2rem;line-height:1.2;font-weight:300;margin:0}\n"
    ".label,.finding{font-weight:600}\n"
    "main ul,main ol{padding-left:1.2rem}main .cards{padding:0}\n"
    "figure{margin:1.2rem 0;break-inside:avoid}\n"
    "figcaption{margin-bottom:.5rem}\n"
    "svg{max-width:100%;height:auto;display:block}\n"
    ".phone{display:none}\n"
    ".side{display:flex;flex-wrap:wrap;gap:0 1.3rem}\n"
    ".side figure{flex:0 1 auto;margin:.6rem 0}\n"
    ".scroll{overflow-x:auto;margin:1rem 0}\n"
    "table{border-collapse:collapse;width:100%;font-size:.88rem}\n"
    "caption{text-align:left;font-weight:600;padding:.3rem 0}\n"
    "th,td{text-align:left;vertical-align:top;padding:.25rem .5rem .25rem 0;"
    "border-bottom:1px solid var(--grid);font-weight:400}\n"
    "th[scope=rowgroup]{font-weight:600}\n"
    "thead th{color:var(--muted);border-bottom:1px solid var(--ink)}\n"
    ".right{text-align:right}td.right{white-space:nowrap}\n"
    "footer{border-top:1px solid var(--grid);margin-top:2rem;"
    "padding:.8rem 1rem}\n"
    "@media(max-width:34rem){.desk{display:none}.phone{display:block}"
    "h1{font-size:1.6rem}}\n"
    "@media print{nav,.skip{display:none}.desk{display:block}"
    ".phone{display:none}a{color:inherit}body{font-size:10pt}}\n";

/* A picture may only stand in the page itself. */
static const char guard[] =
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src "
    "'none'; style-src 'unsafe-inline'%s\">\n";

void lkv_html_head(const lkv_press *press, GString *out)
{
    const lkv_look *look = press->look;
    g_autofree char *title = lkv_press_say(press, &press->job->document->title);
    g_string_append_printf(
        out,
        "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n"
        "<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width\">\n",
        lkv_locale_language(press->locale));
    g_string_append_printf(out, guard,
                           press->job->logo ? "; img-src data:" : "");
    g_string_append(out, "<meta name=\"color-scheme\" content=\"light\">\n"
                         "<title>");
    lkv_markup_append(out, title);
    g_string_append_printf(
        out,
        "</title>\n<style>\n:root{--ink:#%06x;--muted:#%06x;--own:#%06x;"
        "--district:#%06x;--grid:#%06x;--panel:#%06x}\n%s</style>\n</head>\n",
        look->ink, look->muted, look->own, look->district, look->grid,
        look->panel, style);
}

void lkv_html_logo(const lkv_picture *logo, GString *out)
{
    if (!logo) {
        return;
    }
    gsize size = 0;
    const guchar *bytes = g_bytes_get_data(logo->png, &size);
    g_autofree char *text = g_base64_encode(bytes, size);
    g_string_append_printf(out,
                           "<img class=\"logo\" alt=\"\" width=\"%u\" "
                           "height=\"%u\" src=\"data:image/png;base64,%s\">\n",
                           logo->width, logo->height, text);
}
