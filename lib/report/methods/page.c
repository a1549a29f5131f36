/* The document: text, statements, acquisition, features, regions, settings, what is left to the
 * author, references. */
#include "report/methods/methods.h"

#include "base/mem.h"
#include "report/methods/acquisition.h"
#include "report/methods/items.h"
#include "report/methods/tables.h"
#include "version.h"

#include <stdlib.h>
#include <string.h>

/* What a statement says, without the blank behind its last full stop. */
static struct md told(const struct methods *m, const struct methods_group *g,
                      const struct methods_item *item)
{
    struct md text = {{0}};
    item->tell(m, g, &text);
    while (text.out.len && text.out.text[text.out.len - 1] == ' ')
        text.out.text[--text.out.len] = '\0';
    return text;
}

static void put_paragraph(const struct methods *m, const struct methods_group *g, struct md *page)
{
    const struct methods_item *item[METHODS_MOST];
    size_t n = methods_list(g, item), said = 0;
    if (g && m->groups > 1)
        md_put(page, "**{}.** ", g->modalities);
    for (size_t i = 0; i < n; i++) {
        struct md text = told(m, g, item[i]);
        if (text.out.len && said++)
            md_put(page, " ");
        md_add(page, &text);
        str_free(&text.out);
    }
    md_put(page, "\n\n");
}

/* "IBSI 50a-d; CLEAR 22" */
static void put_askers(const struct methods_item *item, struct md *page)
{
    const struct {
        const char *name, *numbers;
    } asker[] = {{"IBSI", item->ibsi}, {"CLEAR", item->clear}, {"METRICS", item->metrics}};
    bool any = false;
    for (size_t i = 0; i < sizeof asker / sizeof asker[0]; i++) {
        if (!asker[i].numbers)
            continue;
        md_put(page, "{}{} {}", any ? "; " : "", asker[i].name, asker[i].numbers);
        any = true;
    }
}

static void put_statements(const struct methods *m, const struct methods_group *g, struct md *page)
{
    const struct methods_item *item[METHODS_MOST];
    size_t n = methods_list(g, item);
    md_put(page,
           "### {}\n\n| what | what was done | asked for by | known from |\n|---|---|---|---|\n",
           g ? g->modalities : "All images");
    for (size_t i = 0; i < n; i++) {
        struct md text = told(m, g, item[i]);
        if (text.out.len) {
            md_put(page, "| {} | ", item[i]->what);
            md_add(page, &text);
            md_put(page, " | ");
            put_askers(item[i], page);
            md_put(page, " | {} |\n", item[i]->from);
        }
        str_free(&text.out);
    }
    md_put(page, "\n");
}

static void put_author(struct md *page)
{
    md_put(
        page,
        "## For you to add\n\nradmill cannot know this.\n\n| what | asked for by |\n|---|---|\n");
    for (const struct methods_item *i = methods_items; i->what; i++)
        if (i->place == METHODS_AUTHOR) {
            md_put(page, "| {} | ", i->what);
            put_askers(i, page);
            md_put(page, " |\n");
        }
    md_put(page, "\n");
}

static void put_references(struct md *page)
{
    md_put(page,
           "## References\n\n"
           "- IBSI, features and reporting guidelines: Zwanenburg A, et al. The Image Biomarker "
           "Standardization Initiative. Radiology 2020;295:328-338, doi 10.1148/radiol.2020191145; "
           "reference manual arXiv:1612.07003 (codes and items are those of its chapters 2 to 4).\n"
           "- IBSI, filters: Whybra P, et al. The Image Biomarker Standardization Initiative: "
           "standardized convolutional filters. Radiology 2024;310:e231319, doi "
           "10.1148/radiol.231319.\n"
           "- pyradiomics: van Griethuysen JJM, et al. Cancer Research 2017;77:e104-e107, doi "
           "10.1158/0008-5472.CAN-17-0339.\n"
           "- CLEAR: Kocak B, et al. Insights into Imaging 2023;14:75, doi "
           "10.1186/s13244-023-01415-8.\n"
           "- METRICS: Kocak B, et al. Insights into Imaging 2024;15:8, doi "
           "10.1186/s13244-023-01572-w.\n");
}

bool methods_page(const struct methods *m, struct md *page, struct err *e)
{
    md_put(
        page,
        "# Methods\n\nWritten by radmill {} from the parameters in force and the tables of this "
        "folder; use it as you like. Codes in parentheses are IBSI's; numbers behind IBSI, CLEAR "
        "and METRICS are the items of these guidelines (references below).\n\n## Text\n\n",
        RADMILL_VERSION);
    put_paragraph(m, NULL, page);
    for (size_t i = 0; i < m->groups; i++)
        put_paragraph(m, &m->group[i], page);
    md_put(page, "## What was done\n\n");
    put_statements(m, NULL, page);
    for (size_t i = 0; i < m->groups; i++)
        put_statements(m, &m->group[i], page);
    char *courses = path_join(m->folder, "courses.csv");
    md_put(page, "## Acquisition\n");
    bool ok = methods_acquisition(courses, page, e);
    free(courses);
    md_put(page, "\n");
    methods_features(m, page);
    methods_regions(m, page);
    methods_missing(m, page);
    methods_settings(m, page);
    put_author(page);
    put_references(page);
    return ok;
}
