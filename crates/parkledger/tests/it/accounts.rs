//! Accounts and tokens on the command line. What they open over HTTP is tested beside the server.

use crate::support::Shop;

#[test]
fn an_account_is_added_listed_locked_and_reset() {
    let shop = Shop::new();
    let added =
        shop.run(&["user", "add", "Zhang", "--role", "clerk", "--display", "张三", "--format", "json"]);
    let added = added.expect_code(0).json();
    assert_eq!((&added["name"], &added["person"]), (&"zhang".into(), &1.into()));
    let link = added["link"].as_str().expect("a link");
    // 32 bytes in hexadecimal.
    let token = link.strip_prefix("http://127.0.0.1:8420/setup?token=").expect("under the usual address");
    assert_eq!(token.len(), 64);

    shop.run(&["user", "add", "zhang"]).expect_code(1).says("已有名为“zhang”的用户");
    shop.run(&["user", "add", "li si"]).expect_code(1).says("不能作登录名");
    shop.run(&["user", "add", "li", "--role", "clark"]).expect_code(1).says("没有角色“clark”");
    shop.run(&["user", "add", "li", "--role", "enterprise", "--enterprise", "91"])
        .expect_code(1)
        .says("名录里没有");

    shop.run(&["user", "lock", "zhang"]).expect_code(0).says("已停用");
    let listed = || shop.run(&["user", "list", "--format", "json"]).expect_code(0).json();
    assert_eq!((&listed()[0]["display"], &listed()[0]["locked"]), (&"张三".into(), &"✓".into()));
    shop.run(&["user", "unlock", "zhang"]).expect_code(0).says("已解锁");
    assert_eq!(listed()[0]["locked"], "");
    let again = shop.run(&["user", "reset", "zhang", "--format", "json"]).expect_code(0).json();
    assert_ne!(again["link"], link);
    shop.run(&["user", "reset", "nobody"]).expect_code(1).says("没有账户“nobody”");
    shop.run(&["verify"]).expect_code(0);
}

#[test]
fn the_last_administrator_cannot_be_locked_out() {
    let shop = Shop::new();
    shop.run(&["user", "add", "root", "--role", "administrator"]).expect_code(0);
    shop.run(&["user", "lock", "root"]).expect_code(1).says("不能停用最后一位管理员");
}

#[test]
fn a_token_is_shown_once_and_revoked() {
    let shop = Shop::new();
    shop.run(&["user", "add", "root", "--role", "administrator"]).expect_code(0);
    let add =
        ["token", "add", "取数", "--user", "root", "--scope", "read", "--days", "30", "--format", "json"];
    let token = shop.run(&add).expect_code(0).json()["token"].as_str().expect("shown").to_owned();
    assert!(token.starts_with("plk_"));
    let listed = shop.run(&["token", "list"]).expect_code(0).says("取数");
    assert!(!listed.out.contains("plk_"), "{}", listed.out);
    shop.run(&["token", "add", "x", "--user", "root", "--scope", "fly"]).expect_code(2).says("没有权限“fly”");
    shop.run(&["token", "add", "x", "--user", "root", "--scope", "unmask"])
        .expect_code(1)
        .says("什么也做不了");
    shop.run(&["token", "revoke", "1"]).expect_code(0).says("已吊销");
    shop.run(&["token", "revoke", "1"]).expect_code(4).says("没有第 1 号令牌");
}
