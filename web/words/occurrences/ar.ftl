# Reports from the field: the pages.

## Kinds of report
report-kind-detection = رصد مهاجر
report-kind-victim = ضحية اتجار
report-kind-interview = مقابلة
report-kind-arrest = توقيف
report-kind-seizure = ضبط
report-kind-freeze = تجميد أصول
report-kind-group = تفكيك جماعة
report-kind-investigation = فتح تحقيق
report-kind-incident = حادث
report-kind-notice-request = طلب نشرة
report-kinds-detection = حالات الرصد
report-kinds-victim = الضحايا
report-kinds-interview = المقابلات
report-kinds-arrest = التوقيفات
report-kinds-seizure = المضبوطات
report-kinds-freeze = الأصول المجمدة
report-kinds-group = الجماعات
report-kinds-investigation = التحقيقات
report-kinds-incident = الحوادث
report-kinds-notice-request = طلبات النشرات
report-group-people = أشخاص
report-group-results = نتائج الشرطة
report-group-events = أحداث وطلبات

## States of a report
report-state-preliminary = أولي
report-state-confirmed = مؤكد
report-state-final = نهائي
report-state-withdrawn = مسحوب
report-standing-draft = بدأ
report-standing-waiting = بالانتظار
report-standing-sent = أُرسل
report-standing-refused = مرفوض

## Phone: the list
report-desk = تقرير
report-unsent = غير مرسلة
report-outbox = على هذا الهاتف
report-send-now = أرسل الآن
report-go-on = متابعة
report-correct = تصحيح
report-drop = حذف
report-drop-sure = حذف نهائي

## Phone: what became of it
report-sent = أُرسل
report-sent-means = وصل التقرير إلى الخادم. لا يبقى منه شيء على هذا الهاتف.
report-waits = بانتظار الشبكة
report-waits-means = التقرير محفوظ ومشفّر على هذا الهاتف. يُرسل تلقائياً عند عودة الشبكة، مرة واحدة فقط.
report-waits-memory = هذا المتصفح لا يحفظ شيئاً. أبقِ الصفحة مفتوحة حتى يُرسل كل شيء.
report-refused = لم يُقبل
report-refused-by-hub = لم يقبل الخادم هذا التقرير.
report-next-of-group = الشخص التالي من المجموعة نفسها
report-next-of-group-means = يُبقي ما تشترك فيه المجموعة، كالجنسية والمسار. لا يُبقي شيئاً عن الشخص.
report-another = آخر: { $kind }
report-to-list = كل التقارير
report-later = لاحقاً

## Before signing out
report-leaving = تقارير على هذا الهاتف
report-leaving-means = لم تُرسل بعد: { $n }. تسجيل الخروج يحذفها من هذا الهاتف ولا يمكن لأحد استرجاعها.
report-leaving-stay = البقاء وإرسالها أولاً
report-leaving-go = حذفها والخروج

## Statements at the head of a form
report-say-detection = المهاجر ليس مشتبهاً به. لا يدخل هذا التقرير أي قائمة مراقبة ولا يبحث فيه أي تدقيق.
report-say-victim = الضحية تُحمى ولا تُعدّ مشتبهاً بها. تُختم هويتها: اكتب الأسماء فقط في الحقول المعلَّمة بذلك.
report-say-interview = المقابلة طوعية. رقم مرجعي يحل محل الاسم. يمكن للشخص التوقف في أي لحظة.
report-say-child = طفل أو قد يكون طفلاً: اتصل بحماية الطفل الآن. لا تنتظر القضية ولا تُجرِ مقابلة دون وصيّ أو شخص مدرَّب.

## Filling a form in
report-step-where = متى وأين
report-step-send = المراجعة والإرسال
report-step-of = { $n } من { $all }
report-happened = متى حدث
report-now = الآن
report-no-posts = لا توجد مراكز في العملية.
report-use-post = استخدم مركزي
report-no-operation = اختر عملية في الإعدادات أولاً. كل تقرير يتبع عملية.
report-back = رجوع
report-next = التالي
report-to-end = إلى النهاية
report-send = إرسال
report-change = تغيير
report-search = اكتب للبحث
report-none-found = لا نتائج. جرّب كتابة أخرى.
report-add-row = أضف آخر
report-drop-row = إزالة رقم { $n }
report-take-away = إزالة { $what }
report-add-country = أضف بلداً
report-amount = المبلغ
report-currency = العملة
report-need-answer = يجب الإجابة عن هذا.
report-need-form = لا يمكن قراءة هذا. تُكتب التواريخ 1998-05-12 أو 1998-05 أو 1998، والمبالغ 1250.50 مع عملتها.
report-look-above = حقول بحاجة إلى تصحيح: { $n }
report-help-partial-date = بقدر ما هو معروف: 1998-05-12 أو 1998-05 أو 1998.
report-sealed-field = مختوم: لا يقرؤه إلا من يفتحه بسبب.
report-review = ما تُبلغ عنه
report-edit-section = تغيير: { $section }
report-nothing-said = لم يُذكر شيء
report-stopped = تنتهي المقابلة هنا
report-stopped-means = الشخص لا يريد ذلك، أو لم يُخبر بما يجب أن يعرفه أولاً. لا تسأل شيئاً آخر. يُسجَّل الرفض فقط ولا يُحفظ غيره.
report-stopped-record = سجّل الرفض
report-stopped-back = كان ذلك خطأ، ارجع
report-stopped-leave = لا تسجّل شيئاً

## Who reads it
report-readers = من سيقرأ هذا؟
report-readers-usual = كالمعتاد لهذا التقرير
report-readers-usual-open = تقرأ جميع أطراف { $operation } التقرير كاملاً.
report-readers-usual-close = تعدّ جميع أطراف العملية الرموز: البلد والفئة العمرية والمسار، دون اسم أو قصة. تبقى القصة لدى { $party }.
report-readers-own = طرفي وحده
report-readers-own-means = لا يقرؤه ولا يعدّه أحد خارج { $party }.
report-readers-parties = أطراف مختارة
report-readers-parties-means = تعدّ جميع الأطراف الرموز. ولا يقرأ التقرير كاملاً إلا من تختاره.
report-readers-which = أي أطراف؟
report-readers-sealed = لا يقرأ أيٌّ منها الحقول المختومة.

## Room: reports
nav-reports = التقارير
report-kinds = أنواع التقارير
report-one = التقرير
report-choose = اختر تقريراً من القائمة.
report-file = تقديم تقرير
report-sheets = الجداول
report-filters = عوامل التصفية
report-filter-add = عوامل أخرى
report-from = من
report-to = إلى
report-lines = التقارير المدرجة
report-line = ما يُحسب
report-line-means = رموز فقط دون أسماء
report-line-only = السطر فقط
report-version = الإصدار { $n }
report-filed-at = قُدّم { $time }
report-joint = يُحسب مرة واحدة مع طرف آخر
report-body = التقرير كاملاً
report-nothing-more = لا شيء غير ما يُحسب.
report-body-closed = غير متاح لك: لم يشاركه صاحبه أو لا يقرؤه دورك.
report-apart = (اطلاع منفصل)
report-sealed = مختوم:
report-sealed-stay = تبقى الحقول المختومة كما هي ما لم تملأها من جديد.
report-links = الروابط
report-relation-led-by = نتيجة لـ
report-relation-member-of = عضو في
report-relation-against = ضد
report-relation-found-with = عُثر عليه مع
report-relation-part-of = جزء من
report-relation-travelled-with = سافر مع
report-relation-same-person-as = الشخص نفسه في
report-relation-concerns = يتعلق بـ
report-relation-reference = انظر أيضاً
report-link-hit = ربط بتطابق مؤكد
report-link-means = تطابقات طرفك التي أكدها صاحب السجل. التطابق الذي هو مجرد خيط لا يفسر شيئاً.
report-link = ربط
report-no-hits = لا تطابق مؤكد لطرفك.
report-correcting = تصحيح
report-correct-reason = سبب التغيير
report-deciding = درجة التأكد
report-do-confirmed = تأكيد
report-do-final = جعله نهائياً
report-do-withdrawn = سحب
report-custody = حفظ الأشياء
report-custody-broken = السلسلة غير سليمة: قيد مفقود أو معدَّل.
report-custody-add = أضف قيداً
report-custody-item = الشيء
report-custody-act = ما جرى
report-custody-place = أين
report-custody-seal = الختم
report-custody-seized = ضُبط
report-custody-sealed = خُتم
report-custody-opened = فُتح
report-custody-examined = فُحص
report-custody-moved = نُقل
report-custody-handed-over = سُلّم
report-custody-stored = خُزّن
report-custody-returned = أُعيد
report-custody-destroyed = أُتلف
report-sheet-template = جدول فارغ مع قوائم الاختيار
report-sheet-export = تصدير (XLSX)
report-sheet-means = لا يخرج النص الحر ولا الهوية في جدول أبداً.
report-sheet-file = جدول معبأ (XLSX أو CSV)
report-sheet-send = رفع
report-sheet-answer = قُدّم { $filed }، معروف سابقاً { $repeated }، مرفوض { $refused }.
report-sheet-rows = صفاً صفاً
report-sheet-row = الصف
report-sheet-fate = النتيجة
report-sheet-why = السبب
report-fate-filed = قُدّم
report-fate-repeated = معروف سابقاً
report-fate-refused = مرفوض
