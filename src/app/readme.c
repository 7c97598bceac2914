#include "app/readme.h"

#include "base/catalogue.h"
#include "base/locale.h"
#include "study/text.h"

static const char *const languages[] = {"sv", "en"};

char *lkv_readme_text(likvard *run)
{
    GString *out = g_string_new(NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(languages); i++) {
        g_autofree char *error = NULL;
        g_autoptr(lkv_locale) locale = lkv_locale_new(languages[i], &error);
        g_autoptr(lkv_catalogue) catalogue =
            locale ? lkv_text_read(locale, run->diag) : NULL;
        if (!catalogue) {
            g_string_free(out, TRUE);
            return NULL;
        }
        const lkv_value values[] = {
            {.name = "district", .text = run->study->district_name},
            {.name = "run", .text = run->run_id},
            {.name = "profiles",
             .text = run->study->privacy.open ? "open" : "protected"},
        };
        g_autofree char *text = lkv_catalogue_say(catalogue, "readme", values,
                                                  G_N_ELEMENTS(values));
        g_string_append_printf(out, "%s%s\n", i > 0 ? "\n" : "",
                               text ? text : "");
    }
    return g_string_free(out, FALSE);
}
